package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/intake"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// correction is a number that somebody changed in a report's workbook.
type correction struct {
	intake.ReportedInput
	what    string // the row and the column in words
	setting audit.Setting
}

// text is the new number as the workspace writes it: with the digits that were
// typed; one that has to be converted, with six.
func (c correction) text() string { return audit.PlainNumber(c.number()) + c.Unit }

func (c correction) number() float64 {
	if c.Scale == 1 {
		return digits(c.Now.Value, 12)
	}
	return digits(c.Now.Value*c.Scale, 6)
}

// digits rounds to so many digits that count.
func digits(x float64, n int) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', n, 64), 64)
	if err != nil {
		return x
	}
	return rounded
}

// taken tells whether the workspace has the number that was typed, as far as its
// digits say.
func (c correction) taken(now intake.Number) bool {
	return now.Known && math.Abs(now.Value-c.Now.Value) <= 1e-5*max(math.Abs(c.Now.Value), 1e-3)
}

// inputKey names a cell of a report that a reader may change.
type inputKey struct{ table, row, column string }

// openCell is such a cell as the report of a workspace has it now.
type openCell struct {
	what  string
	value intake.Number
}

// openCells are the cells of a workspace's report that a reader may change.
func openCells(ws audit.Workspace) (map[inputKey]openCell, analysis, error) {
	a, err := analyse(ws, roi.ByPayback)
	if err != nil {
		return nil, a, err
	}
	p, err := lang.New("en")
	if err != nil {
		return nil, a, err
	}
	r, err := report.Build(report.Input{Words: p, Base: a.run("")})
	if err != nil {
		return nil, a, err
	}
	cells := map[inputKey]openCell{}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			t, ok := b.(report.Table)
			if !ok {
				continue
			}
			for _, row := range t.Rows {
				for i, c := range row.Cells {
					if !c.Open(t.Columns[i]) {
						continue
					}
					what := cmp.Or(row.Cells[0].Text, row.Key)
					if label := t.Columns[i].Label; label != "" && len(t.Columns) > 2 {
						what += ", " + strings.ToLower(label)
					}
					cells[inputKey{t.ID, row.Key, t.Columns[i].Key}] = openCell{what, intake.Number{Value: c.Number, Known: c.Kind != report.Unknown}}
				}
			}
		}
	}
	return cells, a, nil
}

// importReport brings a changed report back: the workspace is edited where it
// states what was changed, or with dry nothing is written.
func (w *world) importReport(ctx context.Context, dir string, name string, back intake.Reported, dry bool) error {
	ws, err := w.load(ctx, dir)
	if err != nil {
		return err
	}
	for _, at := range back.New {
		if !w.quiet {
			fmt.Fprintf(w.err, "%s: a row that the report did not have is not taken: describe a new flow with flowmap form or flowmap interview\n", at)
		}
	}
	if err := w.tellChosen(back.Chosen); err != nil {
		return err
	}
	all, before, err := corrections(ws, name, back)
	if err != nil {
		return w.problemsOf(err)
	}
	if len(all) == 0 && len(back.Chosen) > 0 {
		_, err := fmt.Fprintln(w.out, "Nothing else changes: every number is as the report had it.")
		return err
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(w.out, "Nothing changes: every number is as the report had it.")
		return err
	}
	changed, after, err := corrected(ws, name, all)
	if err != nil {
		return w.problemsOf(err)
	}
	if err := w.tellCorrections(ws, all, before, after); err != nil {
		return err
	}
	if dry {
		_, err := fmt.Fprintln(w.out, "\nNothing was written.")
		return err
	}
	_, err = audit.Update(dir, func(now audit.Workspace) ([]audit.FileChange, error) {
		for _, f := range changed {
			was, _ := ws.File(f.Name)
			if is, _ := now.File(f.Name); string(is) != string(was) {
				return nil, &audit.ChangedError{Name: f.Name}
			}
		}
		return changed, nil
	})
	if err != nil {
		return w.problemsIn(dir, err)
	}
	var names []string
	for _, f := range changed {
		if !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	_, err = fmt.Fprintln(w.out, "\nWritten:", strings.Join(names, ", "))
	return err
}

// tellChosen says of each choice in the workbook that it is a way of looking at
// the audit, no part of it, and how to look at it so.
func (w *world) tellChosen(chosen []intake.ReportedText) error {
	var with, without []string
	for _, c := range chosen {
		switch {
		case c.Table == "under":
			if _, err := fmt.Fprintf(w.out, "%s: the scenario %q is a way of looking at the audit and is not taken: flowmap report --scenario shows it.\n", c.Cell, c.Now); err != nil {
				return err
			}
		case c.Was == "no": // in every language of reports
			with = append(with, c.Row)
		default:
			without = append(without, c.Row)
		}
	}
	if len(with)+len(without) == 0 {
		return nil
	}
	command := "flowmap plan"
	if len(with) > 0 {
		command += " --with " + strings.Join(with, ",")
	}
	if len(without) > 0 {
		command += " --without " + strings.Join(without, ",")
	}
	_, err := fmt.Fprintf(w.out, "Which flows are in the plan is found by searching and stands in no file, so that the marks are not taken. To plan so: %s\n", command)
	return err
}

// corrections are the changed cells. What the workspace no longer says as the
// report had it, and what stands nowhere in it, is a problem.
func corrections(ws audit.Workspace, name string, back intake.Reported) ([]correction, analysis, error) {
	cells, a, err := openCells(ws)
	if err != nil {
		return nil, a, err
	}
	var all []correction
	var problems audit.Problems
	wrong := func(in intake.ReportedInput, message, hint string) {
		problems = append(problems, audit.Problem{Place: audit.Place{File: name + ", " + in.Cell}, Message: message, Hint: hint})
	}
	for _, in := range back.Inputs {
		if !in.Changed() {
			continue
		}
		now, known := cells[inputKey{in.Table, in.Row, in.Column}]
		c := correction{ReportedInput: in, what: now.what}
		c.setting = audit.Setting{Key: in.Path, Value: c.text()}
		switch {
		case !known:
			wrong(in, "what this cell is about is no longer in the workspace", "make the report again, and change it there")
		case c.taken(now.value):
		case !now.value.Same(in.Was):
			wrong(in, fmt.Sprintf("%s is %s in the workspace now, and was %s when the report was made", now.what, plainNumber(now.value), plainNumber(in.Was)),
				"make the report again, and change it there; a report with --set, --scenario or --currency cannot be brought back")
		case in.Path == "":
			wrong(in, now.what+" stands nowhere in the workspace by itself", "write it into flowmap.yaml, where flowmap explain names the line; an error point needs an id")
		default:
			if _, err := ws.With(c.setting); err != nil {
				c.setting.Value = percent(c)
				if _, again := ws.With(c.setting); again != nil {
					wrong(in, plainProblem(err), "change it back, or to what the workspace takes")
					continue
				}
			}
			all = append(all, c)
		}
	}
	if len(problems) > 0 {
		return nil, a, problems
	}
	return all, a, nil
}

// percent is a share in the other way of writing it: 1 could be 1% or 100%.
func percent(c correction) string { return audit.PlainNumber(digits(c.number()*100, 12)) + "%" }

func plainNumber(n intake.Number) string {
	if !n.Known {
		return "not known"
	}
	return audit.PlainNumber(n.Value)
}

// plainProblem is what an error of a setting says, without the setting.
func plainProblem(err error) string {
	var problems audit.Problems
	if errors.As(err, &problems) && len(problems) > 0 {
		return problems[0].Message
	}
	return err.Error()
}

// corrected are the changes of files, and the analysis of what they give. A
// field goes to the file that states it; where several people's statements are
// pooled, to flowmap.yaml, which settles it.
func corrected(ws audit.Workspace, name string, all []correction) ([]audit.FileChange, analysis, error) {
	settled := map[int]bool{} // those that go to flowmap.yaml
	for {
		var changes []audit.FileChange
		texts := slices.Clone(ws.Files())
		for i, c := range all {
			change, err := c.change(ws, settled[i])
			if err != nil {
				return nil, analysis{}, err
			}
			at := slices.IndexFunc(texts, func(f audit.Source) bool { return f.Name == change.Name })
			text, err := audit.Edit(texts[at].Text, change.Changes...)
			if err != nil {
				return nil, analysis{}, err
			}
			texts[at].Text = text
			changes = append(changes, change)
		}
		after, err := audit.New(texts)
		if err != nil {
			return nil, analysis{}, err
		}
		cells, a, err := openCells(after)
		if err != nil {
			return nil, analysis{}, err
		}
		var problems audit.Problems
		again := false
		for i, c := range all {
			if c.taken(cells[inputKey{c.Table, c.Row, c.Column}].value) {
				continue
			}
			if !settled[i] {
				settled[i], again = true, true
				continue
			}
			problems = append(problems, audit.Problem{Place: audit.Place{File: name + ", " + c.Cell}, Message: c.what + " follows from other numbers, which the workbook does not hold",
				Hint: "change them in the workspace: flowmap explain names their lines"})
		}
		switch {
		case again:
		case len(problems) > 0:
			return nil, a, problems
		default:
			return changes, a, nil
		}
	}
}

// change is the edit of a correction, in flowmap.yaml or in the file that states
// the number.
func (c correction) change(ws audit.Workspace, settle bool) (audit.FileChange, error) {
	kind, id, field := "workspace", "", "assumptions."+strings.TrimPrefix(c.Path, "assumptions.")
	list, rest, _ := strings.Cut(c.Path, ".")
	for _, k := range []string{"role", "system", "flow"} {
		if list == k+"s" {
			kind = k
			id, field, _ = strings.Cut(rest, ".")
		}
	}
	if rest, ok := strings.CutPrefix(field, "errors."); ok {
		point, of, _ := strings.Cut(rest, ".")
		field = "errors[id=" + point + "]." + of
	}
	value := audit.Text(c.setting.Value)
	if !settle {
		return ws.SetField(kind, id, field, value, "")
	}
	return ws.SettleField(kind, id, field, value)
}

// tellCorrections shows what was changed, in words and money.
func (w *world) tellCorrections(ws audit.Workspace, all []correction, before, after analysis) error {
	p, err := lang.New("en")
	if err != nil {
		return err
	}
	money := func(x float64) string { return p.Money(x, ws.Currency, 0) }
	t := table{heads: []string{"Cell", "What", "Was", "Is", "Benefit/yr"}, right: []bool{false, false, true, true, true}}
	for _, c := range all {
		one, err := ws.With(c.setting)
		if err != nil {
			return err
		}
		a, err := analyse(one, roi.ByPayback)
		if err != nil {
			return err
		}
		t.rows = append(t.rows, []string{c.Cell, c.what, plainNumber(c.Was), plainNumber(c.Now), signed(a.ranking.Totals.BenefitPerYear-before.ranking.Totals.BenefitPerYear, money)})
	}
	fmt.Fprint(w.out, t.text(w.width))
	fmt.Fprintf(w.out, "\nTogether: cost a year %s → %s, benefit a year %s → %s.\n", money(costOf(before)), money(costOf(after)),
		money(before.ranking.Totals.BenefitPerYear), money(after.ranking.Totals.BenefitPerYear))
	for _, s := range after.ranking.Scores {
		was, ok := scoreOf(before, audit.Flow{ID: s.Flow})
		if f, known := ws.Flow(s.Flow); ok && known && was.Payback != s.Payback {
			fmt.Fprintf(w.out, "  %s: payback %s → %s months\n", f.Label(), paybackText(p, was.Payback), paybackText(p, s.Payback))
		}
	}
	return nil
}

func costOf(a analysis) float64 {
	return a.ranking.Totals.LabourPerYear + a.ranking.Totals.ErrorCostPerYear
}

// signed is an amount with its sign; none has none.
func signed(x float64, text func(float64) string) string {
	if s := text(x); x > 0 && strings.ContainsAny(s, "123456789") {
		return "+" + s
	} else {
		return s
	}
}

func paybackText(p lang.Printer, f roi.Figure) string {
	if !f.OK {
		return "never"
	}
	return p.Number(f.Value, 1)
}
