package roi_test

import (
	"math"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// The classic standard deviation of a task, (b − a)/6, is not that of the
// distribution, which is exact here; the means are the same.
func meansOfThreePoints(t *testing.T, c published) {
	var means []float64
	sum := 0.0
	tasks := c.Inputs["tasks"].(map[string]any)
	for _, name := range []string{"A", "B", "C", "D"} {
		p := numbers(tasks[name])
		mean := audit.Three(p[0], p[1], p[2], audit.Number).Mean()
		means, sum = append(means, mean), sum+mean
	}
	c.wants(t, "te", means...)
	c.wants(t, "total", sum)
}

// Of Excel's two percentiles the inclusive one is type 7.
func inclusivePercentile(t *testing.T, c published) {
	call := c.Inputs["calls"].([]any)[0].([]any)
	got, ok := roi.Quantile(c.list("data"), number(call[1]))
	if want := numbers(c.Expected["values"])[0]; !ok || call[0] != "inc" || math.Abs(got-want) > 1e-12 {
		t.Errorf("got %v, want %v", got, want)
	}
}

func returnWithinRounding(t *testing.T, c published) {
	ratio, _ := roi.ROI(0, []float64{c.in("pv_benefits")}, []float64{c.in("pv_costs")})
	c.wants(t, "roi_pct", 100*ratio)
}

// Costs follow from NPV and ROI; with them the ROI is what was published.
func costsOfAReturn(t *testing.T, c published) {
	costs := number(c.Expected["pv_costs"])
	ratio, _ := roi.ROI(0, []float64{c.in("npv") + costs}, []float64{costs})
	if math.Abs(100*ratio-c.in("roi_pct")) > .5 {
		t.Errorf("ROI %v %%, want %v", 100*ratio, c.in("roi_pct"))
	}
}

// A benefit adjusted by risk is less by the share times the factor.
func riskAdjustment(t *testing.T, c published) {
	w := levante(webOrders())
	adjusted := roi.Adjusted(w, 1-c.in("share")*c.in("factor"), 1)
	before, after := roi.Appraise(w, webOrders(), starter()), roi.Appraise(adjusted, webOrders(), starter())
	c.wants(t, "adjustment", 1-after.BenefitPerYear/before.BenefitPerYear)
}
