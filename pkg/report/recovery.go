package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Runbooks plans for the failures of all flows of a run that have a solution,
// in the order of the ranking.
func Runbooks(r Run, facts catalogue.Recovery) []advise.Runbook {
	var all []advise.Runbook
	for _, s := range r.Ranking.Scores {
		f, ok := r.Workspace.Flow(s.Flow)
		if c, _ := r.SolutionOf(s.Flow); ok && c.Platform != "" {
			all = append(all, advise.RunbookOf(r.Workspace, r.Catalogue, facts, f, c))
		}
	}
	return all
}

// SolutionOf is what a flow is to be integrated with: as in the plan, where the
// plan has it, else its own choice. It is the zero Candidate where there is
// neither.
func (r Run) SolutionOf(flow string) (c advise.Candidate, planned bool) {
	if r.Plan != nil {
		for _, f := range r.Plan.Flows {
			if f.Flow == flow {
				return f.Candidate, true
			}
		}
	}
	for _, s := range r.Ranking.Scores {
		if s.Flow == flow && s.Chosen {
			return s.Choice, false
		}
	}
	return advise.Candidate{}, false
}

// recovery is the section of error management: how each flow is watched and
// what its people do meanwhile, what to do when an alert comes on each platform
// that is used, and what holds for all of them. The page of one flow is
// RunbookPage.
func (b *builder) recovery() []Block {
	t := Table{ID: "runbooks", Apart: true, Title: b.t("recovery.flows.title", nil), Short: b.t("recovery.flows.short", nil), Empty: b.t("recovery.empty", nil), Columns: []Column{
		b.column("flow", Text, 28), b.column("platform", Text, 18), b.column("owner", Text, 16), b.column("within", Text, 10), b.column("fallback", Text, 36),
		b.column("watched", Text, 48), b.column("errors_left", Count, 11), b.column("cost_left", Money, 11), b.column("watching", Money, 11), b.column("beyond", Money, 11),
	}, Note: b.t("recovery.note", nil)}
	for _, book := range b.Runbooks {
		t.Rows = append(t.Rows, Row{book.Flow, b.recoveryCells(newPage(b.Run, b.words, book))})
	}
	blocks := []Block{b.lead("recovery.lead", nil), t}
	if len(b.Runbooks) == 0 {
		return blocks
	}
	return append(blocks, b.failures(), List{b.t("recovery.always", nil), b.always()}, Paragraph{b.recoverySources(), Note})
}

func (b *builder) recoveryCells(p page) []Cell {
	within := b.words.Text("not_stated", nil)
	if p.book.Within != "" {
		within = p.duration(p.book.Within)
	}
	r := p.book.Remains
	errors, cost := b.errorsLeft(p.book)
	return []Cell{
		Words(b.Flow(p.book.Flow)), Words(b.Solution(advise.Candidate{Platform: p.book.Platform, Tier: p.book.Tier})), Words(p.owner()), Words(within),
		Words(cmp.Or(p.book.Fallback, b.words.Text("not_stated", nil))), Words(p.watched()),
		errors, cost, Known(Money, r.Watching), Known(Money, r.Beyond),
	}
}

// errorsLeft are the errors of a year that an integration leaves to people, and
// what they cost: the share of today's that it does not take away.
func (b *builder) errorsLeft(book advise.Runbook) (errors, cost Cell) {
	if !book.Remains.Errors {
		return Cell{Kind: Unknown}, Cell{Kind: Unknown}
	}
	left := Sub(Num(1), At("flows", book.Flow, "reduction"))
	today := Add(At("calculation", book.Flow, "fixing"), At("calculation", book.Flow, "losses"))
	return Live(Mul(SumOf("points", "errors", "of"), left)), Live(Mul(today, left))
}

// watched is what is told of counts and silence, in one cell.
func (p page) watched() string {
	text := ""
	for _, a := range p.book.Alerts {
		switch a.When.ID {
		case "alarm.final", "alarm.dead-letter", "alarm.quota", "alarm.token":
			continue
		}
		if text != "" {
			text += "\n"
		}
		text += p.RunbookNote(a.When)
	}
	return text
}

// failures is what to do when an alert comes: on any platform, and in the terms
// of each that is used.
func (b *builder) failures() Table {
	t := Table{ID: "failures", Apart: true, Title: b.t("failures.title", nil), Short: b.t("failures.short", nil), Columns: []Column{
		b.column("sign", Text, 34), b.column("do", Text, 44),
	}}
	var platforms []string
	for _, book := range b.Runbooks {
		if book.Platform != "" && !slices.Contains(platforms, book.Platform) {
			platforms = append(platforms, book.Platform)
			label := b.words.Text("runbook.column.recipe", lang.Args{"Platform": b.Platform(book.Platform)})
			t.Columns = append(t.Columns, Column{Key: "on-" + book.Platform, Label: label, Kind: Text, Width: 44})
		}
	}
	for i, m := range catalogue.Modes() {
		cells := []Cell{Words(b.words.Text("recovery.sign."+string(m), nil)), Words(b.words.Text("recovery.do."+string(m), nil))}
		for _, id := range platforms {
			at := slices.IndexFunc(b.Runbooks, func(r advise.Runbook) bool { return r.Platform == id })
			cells = append(cells, Words(b.RunbookNote(b.Runbooks[at].Failures[i].Recipe)))
		}
		t.Rows = append(t.Rows, Row{string(m), cells})
	}
	return t
}

// always is what holds for every flow: retries, the place for what cannot be
// delivered, the log, the steps from a notice to a release.
func (b *builder) always() []string {
	var items []string
	for _, book := range b.Runbooks {
		for _, n := range slices.Concat(book.Retries, book.Log, book.Steps) {
			switch n.ID {
			case "retry.transient", "retry.attempts", "retry.dead-letter", "retry.dead-letter-queue", "log.line", "log.never", "step.note", "step.try", "step.switch":
				if text := b.RunbookNote(n); !slices.Contains(items, text) {
					items = append(items, text)
				}
			}
		}
	}
	return items
}

// recoverySources lists what the section rests on, each once, in the order in
// which it is said.
func (b *builder) recoverySources() string {
	var ids []string
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, book := range b.Runbooks {
		for _, f := range book.Failures {
			add(f.Recipe.Source)
		}
		for _, a := range book.Alerts {
			add(a.When.Source)
		}
		for _, n := range slices.Concat(book.Retries, book.Log, book.Steps) {
			add(n.Source)
		}
		add(book.Remains.Source)
	}
	return b.t("recovery.sources", lang.Args{"Sources": strings.Join(ids, ", ")})
}
