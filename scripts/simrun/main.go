// Simrun simulates thirty flows again and again, for comparison with simrun.py,
// which holds the same model for numpy. It prints the median payback of the last
// flow, by which both are seen to have worked out the same.
//
// usage: simrun [-trials N] [-times N]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

func main() {
	trials := flag.Int("trials", roi.DefaultTrials, "how many trials")
	times := flag.Int("times", 1, "how often all of it is done")
	flag.Parse()
	payback, err := run(*trials, *times)
	if err != nil {
		fmt.Fprintln(os.Stderr, "simrun:", err)
		os.Exit(1)
	}
	fmt.Printf("%.3f\n", payback)
}

func run(trials, times int) (payback float64, err error) {
	w := thirty()
	scores := roi.Rank(w, starter, roi.ByHours).Scores
	var all []roi.Outlook
	for i := range times {
		if all, err = roi.Simulate(context.Background(), w, scores, roi.Trials{N: trials, Seed: uint64(i)}); err != nil {
			return 0, err
		}
	}
	return all[0].Payback.P50.Value, nil
}

// thirty are flows of 1 to 30 tenths of 6 to 12 hours a week, 8 as a rule, and 800
// records a month, of which 2 % go wrong. Each has seven numbers of its own that
// spread; all share three.
func thirty() audit.Workspace {
	w := audit.Workspace{Currency: "EUR", Assumptions: audit.DefaultAssumptions(),
		Systems: []audit.System{{ID: "shop", Kind: audit.Ecommerce}, {ID: "erp", Kind: audit.ERP}}}
	w.Assumptions.HourlyCost = audit.Three(20, 22, 25, audit.Money)
	w.Assumptions.AutomationRate = audit.Three(.6, .85, .95, audit.Share)
	w.Assumptions.ErrorReduction = audit.Three(.5, .7, .9, audit.Share)
	w.Assumptions.RampUpMonths.Value = 0
	for i := 1; i <= 30; i++ {
		tenths := float64(i) / 10
		w.Flows = append(w.Flows, audit.Flow{ID: fmt.Sprintf("flow-%02d", i), From: "shop", To: "erp",
			Efforts: []audit.Effort{{HoursPerWeek: audit.Three(6*tenths, 8*tenths, 12*tenths, audit.Number)}},
			Volume:  audit.Volume{Records: audit.One(800, audit.PerMonth, audit.Estimated)},
			Errors: []audit.ErrorPoint{{ID: "typo",
				Rates:   audit.Pool{audit.One(.02, audit.Share, audit.Counted)},
				Minutes: audit.Pool{audit.One(20, audit.Number, audit.Counted)},
				Costs:   audit.Pool{audit.One(15, audit.Money, audit.Counted)}}}})
	}
	return w
}

func starter(f audit.Flow) []advise.Candidate {
	build := audit.Three(3000, 4500, 8000, audit.Money)
	return []advise.Candidate{{Flow: f.ID, Platform: "n8n-cloud", Decided: true, Priced: true, Fee: audit.One(45, audit.Money, audit.Estimated),
		BuildCost: build, BuildWeeks: 3, Maintenance: build.Mean() * .15 / 12}}
}
