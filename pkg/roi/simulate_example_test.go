package roi_test

import (
	"context"
	"fmt"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// orders are web orders that somebody types into the ERP, six to twelve hours a
// week, and what an integration on n8n's cloud asks for.
func orders() (audit.Workspace, advise.Candidate, error) {
	w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte(`version: 1
assumptions: {hourly_cost: 22}
systems: [{id: shop, kind: ecommerce}, {id: erp, kind: erp}]
flows:
  - id: web-orders
    from: shop
    to: erp
    effort: {hours_per_week: [6, 8, 12]}
    automation_rate: 85%
`)}})
	return w, advise.Candidate{Flow: "web-orders", Platform: "n8n-cloud", Fit: advise.Recommended, Priced: true,
		Fee:        audit.One(24, audit.Money, audit.Constant),
		BuildHours: audit.Three(60, 80, 130, audit.Number),
		BuildCost:  audit.Three(2700, 3600, 5850, audit.Money), BuildWeeks: 5}, err
}

// In eight of ten trials the payback lies between two numbers of months.
func ExampleSimulate() {
	w, way, err := orders()
	if err != nil {
		fmt.Println(err)
		return
	}
	score := roi.Appraise(w, w.Flows[0], way)
	outlooks, err := roi.Simulate(context.Background(), w, []roi.Score{score}, roi.Trials{N: roi.DefaultTrials, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	months := outlooks[0].Payback
	fmt.Printf("payback %.1f to %.1f months, on target in %.0f of 100\n", months.P10.Value, months.P90.Value, 100*outlooks[0].OnTarget.Value)
	// Output: payback 7.3 to 11.7 months, on target in 22 of 100
}

// What moves the present value most comes first.
func ExampleTornado() {
	w, way, err := orders()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, bar := range roi.Tornado(w, roi.Appraise(w, w.Flows[0], way)) {
		fmt.Printf("%s from %.4g to %.4g: %.0f to %.0f\n", bar.Field, bar.Low, bar.High, bar.AtLow, bar.AtHigh)
	}
	// Output:
	// effort.hours_per_week from 6.918 to 9.867: 9551 to 15934
	// build_hours from 69.04 to 102.7: 13492 to 11640
}
