// Command plansolve solves a plan problem of the form of
// pkg/roi/portfolio/testdata/plans, or writes it in the LP format that CBC, GLPK
// and HiGHS read, for comparisons with them. With -budget it plans the flows of a
// workspace on the whole catalogue instead, several times over.
//
// usage: plansolve [-gap SHARE] [-time D] FILE
//
//	plansolve -lp FILE
//	plansolve -budget MONEY [-times N] FOLDER
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// plan is the file's form; scripts/plangen tells what stands in it.
type plan struct {
	Flows      int          `json:"F"`
	Budget     int64        `json:"B"`
	Operations []int64      `json:"ops"`
	Value      []int64      `json:"val"`
	Tiers      [][][2]int64 `json:"tiers"`
	Eligible   [][3]int64   `json:"elig"`
}

func main() {
	gap := flag.Float64("gap", 0, "stop once proven within this share")
	most := flag.Duration("time", time.Minute, "stop after this time")
	lp := flag.Bool("lp", false, "write the problem in LP format")
	budget := flag.Float64("budget", 0, "plan a workspace for this much money")
	times := flag.Int("times", 1, "how often the workspace is planned")
	flag.Parse()
	err := error(nil)
	if *budget > 0 {
		err = runWorkspace(os.Stdout, flag.Arg(0), *budget, *times)
	} else {
		err = run(os.Stdout, flag.Arg(0), *lp, *gap, *most)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "plansolve:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, name string, lp bool, gap float64, most time.Duration) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var p plan
	if err := json.Unmarshal(text, &p); err != nil {
		return err
	}
	if lp {
		return p.writeLP(w)
	}
	ctx, stop := context.WithTimeout(context.Background(), most)
	defer stop()
	start := time.Now()
	r, err := portfolio.Solve(ctx, p.problem(), portfolio.Options{Gap: gap})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%d of at most %d, %.3f %%, %d nodes, %v\n", r.Plan.Value, r.Bound, 100*r.Gap(), r.Nodes, time.Since(start).Round(time.Millisecond))
	return err
}

// runWorkspace plans a workspace, each time from the judgement of every flow on
// every platform to the proof.
func runWorkspace(w io.Writer, folder string, budget float64, times int) error {
	ws, err := audit.Load(folder)
	if err != nil {
		return err
	}
	c, err := catalogue.Load()
	if err != nil {
		return err
	}
	wishes := portfolio.Wishes{Budget: roi.Figure{Value: budget, OK: true}}
	var p portfolio.Proposal
	start := time.Now()
	for range times {
		adviser := advise.New(ws, graph.New(ws), c)
		ways := func(f audit.Flow) ([]advise.Candidate, [][]advise.TierFee) {
			candidates := adviser.Candidates(f)
			return candidates, adviser.Tiers(f, candidates)
		}
		if p, err = portfolio.Propose(context.Background(), ws, ways, wishes, portfolio.Effort{}); err != nil {
			return err
		}
	}
	each := time.Since(start) / time.Duration(max(times, 1))
	_, err = fmt.Fprintf(w, "%d flows worth %.2f, optimal %v, %d nodes, %v each\n", len(p.Flows), p.NPV, p.Optimal, p.Nodes, each.Round(100*time.Microsecond))
	return err
}

func (p plan) problem() portfolio.Problem {
	q := portfolio.Problem{Flows: p.Flows, Limits: []portfolio.Limit{{Most: p.Budget}}}
	for _, tiers := range p.Tiers {
		var platform portfolio.Platform
		for _, t := range tiers {
			platform.Tiers = append(platform.Tiers, portfolio.Tier{Price: t[0], Capacity: t[1], Uses: []portfolio.Use{{Amount: t[0]}}})
		}
		q.Platforms = append(q.Platforms, platform)
	}
	for _, e := range p.Eligible {
		f, build := int(e[0]), e[2]
		q.Options = append(q.Options, portfolio.Option{Flow: f, Platform: int(e[1]), Value: p.Value[f] - build, Load: p.Operations[f],
			Uses: []portfolio.Use{{Amount: build}}})
	}
	return q
}

// writeLP writes the integer program: x for each eligible way, y for each tier.
func (p plan) writeLP(w io.Writer) error {
	var goal, budget, binaries string
	flows, platforms := make([]string, p.Flows), make([]string, len(p.Tiers))
	for _, e := range p.Eligible {
		x := fmt.Sprintf("x%d_%d", e[0], e[1])
		goal += fmt.Sprintf(" %+d %s\n", p.Value[e[0]]-e[2], x)
		budget += fmt.Sprintf(" %+d %s\n", e[2], x)
		flows[e[0]] += " + " + x
		platforms[e[1]] += fmt.Sprintf(" %+d %s\n", p.Operations[e[0]], x)
		binaries += " " + x + "\n"
	}
	rows := ""
	for q, tiers := range p.Tiers {
		one := ""
		for t, tier := range tiers {
			y := fmt.Sprintf("y%d_%d", q, t)
			goal += fmt.Sprintf(" %+d %s\n", -tier[0], y)
			budget += fmt.Sprintf(" %+d %s\n", tier[0], y)
			platforms[q] += fmt.Sprintf(" %+d %s\n", -tier[1], y)
			one += " + " + y
			binaries += " " + y + "\n"
		}
		rows += one + " <= 1\n" + platforms[q] + " <= 0\n"
	}
	for _, ways := range flows {
		if ways != "" {
			rows += ways + " <= 1\n"
		}
	}
	_, err := fmt.Fprintf(w, "Maximize\n%sSubject To\n%s%s <= %d\nBinaries\n%sEnd\n", goal, rows, budget, p.Budget, binaries)
	return err
}
