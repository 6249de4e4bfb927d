// Command plansolve solves a plan problem of the form of
// pkg/roi/portfolio/testdata/plans, or writes it in the LP format that CBC, GLPK
// and HiGHS read, for comparisons with them.
//
// usage: plansolve [-gap SHARE] [-time D] FILE
//
//	plansolve -lp FILE
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

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
	flag.Parse()
	if err := run(os.Stdout, flag.Arg(0), *lp, *gap, *most); err != nil {
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
