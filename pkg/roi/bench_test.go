package roi_test

import (
	"fmt"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

func BenchmarkRankTenThousandFlows(b *testing.B) {
	var flows []audit.Flow
	for i := range 10000 {
		f := webOrders()
		f.ID = fmt.Sprintf("flow-%05d", i)
		f.Efforts = hoursAWeek(audit.One(float64(i%97)/7, audit.Number, audit.Estimated))
		flows = append(flows, f)
	}
	w := levante(flows...)
	for b.Loop() {
		roi.Rank(w, always(costing(2000, 50)), roi.ByPayback)
	}
}
