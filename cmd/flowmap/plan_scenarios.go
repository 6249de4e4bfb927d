package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi/portfolio"
)

// plansJSON is the document of plan --scenarios --json.
type plansJSON struct {
	Scenarios []scenarioPlanJSON `json:"scenarios"`
}

type scenarioPlanJSON struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	KeptBuild   *float64 `json:"kept_build_cost"`     // money; it may pass the budget, since the scenario moves costs
	KeptNPV     *float64 `json:"kept_npv"`            // money: what the plan of the workspace as it is would bring here
	KeptPayback *float64 `json:"kept_payback_months"` // of that plan here
	NoPlan      *string  `json:"no_plan"`             // why there is no plan here; null where there is one, whose fields are here then
	*planJSON
}

// scenarioPlan is the plan that pays most under a scenario, and what the plan of
// the workspace as it is comes to there.
type scenarioPlan struct {
	id, name string
	planned
	kept    portfolio.Choice
	isThere bool  // kept is known: all its flows can be done here
	none    error // why no plan can be made here
}

// planless tells whether an error says that no plan can be made of what is asked
// for: the others are those of a calculation that was left.
func planless(err error) bool {
	return slices.ContainsFunc([]error{portfolio.ErrWishes, portfolio.ErrNoFlows, portfolio.ErrNoPlatform, portfolio.ErrImpossible, portfolio.ErrTime},
		func(kind error) bool { return errors.Is(err, kind) })
}

// planScenarios sets the plan under every scenario side by side. A plan is
// decided before anybody knows which scenario comes true: so the plan as it is
// is also carried into each of the others.
func (w *world) planScenarios(ctx context.Context, dir string, a analysis, asked planned, words lang.Printer) error {
	base := asked
	if err := base.make(ctx, a, words); err != nil {
		return w.planError(a.workspace, err)
	}
	runs, err := allScenarios(ctx, a, survey)
	if err != nil {
		return err
	}
	plans := make([]scenarioPlan, len(runs))
	for i, r := range runs {
		plans[i] = scenarioPlan{id: r.id, name: r.name, planned: asked}
		if err := plans[i].make(ctx, r.analysis, words); planless(err) {
			plans[i].none = err
		} else if err != nil {
			return err
		}
		if err := plans[i].carry(ctx, base); err != nil {
			return err
		}
	}
	if !asked.flags.json {
		return w.plansText(base, plans, words)
	}
	var doc plansJSON
	for _, x := range plans {
		one := scenarioPlanJSON{ID: x.id, Name: x.name}
		if x.none != nil {
			why := x.none.Error()
			one.NoPlan = &why
		} else {
			plan := planDocument(dir, x.planned)
			one.planJSON = &plan
		}
		if x.isThere {
			one.KeptBuild, one.KeptNPV, one.KeptPayback = &x.kept.Build, &x.kept.NPV, known(x.kept.Payback)
		}
		doc.Scenarios = append(doc.Scenarios, one)
	}
	return w.writeJSON(doc)
}

// carry works out what the flows of another plan come to in this scenario, each
// on the platform that is best for it here.
func (x *scenarioPlan) carry(ctx context.Context, base planned) error {
	if len(base.Flows) == 0 {
		x.isThere = true
		return nil
	}
	in := map[string]bool{}
	for _, f := range base.Flows {
		in[f.Flow] = true
	}
	var wishes portfolio.Wishes
	for _, f := range x.workspace.Flows {
		switch {
		case in[f.ID]:
			wishes.With = append(wishes.With, f.ID)
		case f.ByHand():
			wishes.Without = append(wishes.Without, f.ID)
		}
	}
	within, stop := context.WithTimeout(ctx, x.flags.time)
	defer stop()
	kept, err := portfolio.Propose(within, x.workspace, x.ways, wishes, portfolio.Effort{})
	x.kept, x.isThere = kept.Choice, err == nil && len(kept.Flows) == len(base.Flows)
	if ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}

// plansText prints a line for each scenario, then where the flows differ.
func (w *world) plansText(base planned, plans []scenarioPlan, words lang.Printer) error {
	money := func(x float64) string { return words.Money(x, base.workspace.Currency, 0) }
	t := table{heads: []string{"Scenario", "Flows", "Build", "A month", "Saves/yr", "Payback", "NPV", "P10–P90", "Kept: build", "NPV", "Payback"},
		right: []bool{false, true, true, true, true, true, true, true, true, true, true}, spared: []int{7, 4}}
	var differ strings.Builder
	for _, x := range plans {
		if x.none != nil {
			row := append([]string{x.name}, slices.Repeat([]string{"–"}, len(t.heads)-1)...)
			if x.isThere {
				row[8], row[9], row[10] = money(x.kept.Build), money(x.kept.NPV), months(x.kept.Payback, words)
			}
			t.rows = append(t.rows, row)
			differ.WriteString(wrap(fmt.Sprintf("%s: no plan. In this scenario %v.", x.name, x.none), w.width, "  "))
			continue
		}
		row := []string{x.name, words.Number(float64(len(x.Flows)), 0), money(x.Build), money(x.FeesPerMonth + x.MaintenancePerMonth),
			money(x.Totals.BenefitPerYear), months(x.Payback, words), money(x.NPV),
			money(x.outlook.NPV.P10.Value) + "–" + money(x.outlook.NPV.P90.Value), "–", "–", "–"}
		if x.isThere {
			row[8], row[9], row[10] = money(x.kept.Build), money(x.kept.NPV), months(x.kept.Payback, words)
		}
		t.rows = append(t.rows, row)
		more, fewer, moved := x.Against(base.Choice)
		speech := planSpeech{planned: x.planned, p: words, width: w.width}
		for _, part := range []struct {
			what string
			ids  []string
		}{{"also", more}, {"without", fewer}, {"on another platform", moved}} {
			if len(part.ids) > 0 {
				differ.WriteString(wrap(fmt.Sprintf("%s: %s %s.", x.name, part.what, speech.names(part.ids)), w.width, "  "))
			}
		}
	}
	if differ.Len() == 0 {
		differ.WriteString("The same flows on the same platforms pay most in every scenario.\n")
	}
	_, err := fmt.Fprintf(w.out, "%s\n%s\n%s", t.text(w.width), differ.String(),
		wrap("Each line is the plan that would pay most if the scenario came true, within the same limits. Kept: what the plan of the workspace as it is would then cost and bring, even where it passes the budget; it is the one to decide by, since nobody knows which scenario comes.", w.width, ""))
	return err
}
