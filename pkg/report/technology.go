package report

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// mostAdvised is for how many flows the candidates are listed one by one.
const mostAdvised = 6

// technology is the section of how each flow could be integrated, and why so.
func (b *builder) technology() []Block {
	if len(b.Advised) == 0 {
		return nil
	}
	return []Block{b.lead("technology.lead", nil), b.advised()}
}

// alternatives is the section of what else could carry the flows, and of the
// rules that decided.
func (b *builder) alternatives() []Block {
	if len(b.Advised) == 0 {
		return nil
	}
	blocks := []Block{b.candidates()}
	if rules := b.rules(); len(rules.Rows) > 0 {
		blocks = append(blocks, rules)
	}
	return blocks
}

// advised is a row a flow: its own choice, in which pattern, and what would come
// next.
func (b *builder) advised() Table {
	t := Table{ID: "technology", Empty: b.t("priorities.empty", nil), Columns: []Column{
		b.column("flow", Text, 32), b.column("solution", Text, 26), b.column("pattern", Text, 22), b.column("fit", Text, 14),
		b.column("runner_up", Text, 26), b.column("reason", Text, 54),
	}}
	for _, a := range b.Advised {
		row := Row{a.Flow, []Cell{Words(b.Flow(a.Flow)), Words(b.t("solution.none", nil)), Words(""), Words(""), Words(""), Words("")}}
		if c := a.Choice; c.Platform != "" {
			row.Cells[1], row.Cells[2] = Words(b.Solution(c)), Words(b.words.Text("pattern."+string(c.Pattern), nil))
			row.Cells[3], row.Cells[5] = Words(b.words.Text("fit."+string(c.Fit), nil)), Words(b.because(c))
		} else if len(a.Candidates) > 0 {
			row.Cells[5] = Words(b.because(a.Candidates[0]))
		}
		if r := a.RunnerUp; r.Platform != "" {
			row.Cells[4] = Words(strings.TrimSpace(b.Solution(r) + " " + b.overtakes(a)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// overtakes says from which volume on another candidate is cheaper.
func (b *builder) overtakes(a advise.Advice) string {
	for _, o := range a.Overtakes {
		if o.Platform == a.RunnerUp.Platform {
			key := "technology.below"
			if o.Above {
				key = "technology.above"
			}
			return b.t(key, lang.Args{"Records": b.words.Number(o.Records, 0)})
		}
	}
	return ""
}

// because is the sentence that says most about a candidate.
func (b *builder) because(c advise.Candidate) string {
	why, ok := c.Why()
	if !ok {
		return ""
	}
	return b.Reason(why)
}

// candidates lists what could carry the flows with most hours, those that fit
// first, with prices and where they come from.
func (b *builder) candidates() Table {
	t := Table{ID: "candidates", Empty: b.t("priorities.empty", nil), Note: b.t("technology.note", nil), Columns: []Column{
		b.column("flow", Text, 26), b.column("solution", Text, 24), b.column("fit", Text, 13), b.column("operations", Count, 12), b.column("unit", Text, 10),
		b.column("fee", Price, 11), b.column("holds", Count, 12), b.column("build", Money, 11), b.column("over_horizon", Money, 12),
		b.column("seen", Text, 30), b.column("reason", Text, 44),
	}}
	for _, a := range b.mostHours() {
		for _, c := range shown(a) {
			t.Rows = append(t.Rows, Row{a.Flow + "/" + c.Platform, b.candidateCells(c)})
		}
	}
	return t
}

// mostHours are the advised flows with most hours.
func (b *builder) mostHours() []advise.Advice {
	var all []advise.Advice
	for _, i := range b.Ranking.Concentration.Order {
		flow := b.Ranking.Scores[i].Flow
		if j := slices.IndexFunc(b.Advised, func(a advise.Advice) bool { return a.Flow == flow }); j >= 0 && len(all) < mostAdvised {
			all = append(all, b.Advised[j])
		}
	}
	return all
}

// shown are the candidates of a flow that a reader compares: the first of each
// kind, the choice and the runner-up among them.
func shown(a advise.Advice) []advise.Candidate {
	var all []advise.Candidate
	kinds := map[catalogue.Kind]bool{}
	for _, c := range a.Candidates {
		if c.Platform == a.Choice.Platform || c.Platform == a.RunnerUp.Platform || !kinds[c.Kind] {
			all = append(all, c)
		}
		kinds[c.Kind] = true
	}
	return all
}

func (b *builder) candidateCells(c advise.Candidate) []Cell {
	seen := ""
	if c.Quoted.Price.Stated {
		seen = b.sourceOf(c.Quoted.Source, c.Quoted.Seen)
	}
	return []Cell{
		Words(b.Flow(c.Flow)), Words(b.Solution(c)), Words(b.words.Text("fit."+string(c.Fit), nil)),
		KnownIf(c.Metered, Count, c.PeakOperations), Words(b.unit(c.Unit)), KnownIf(c.Priced, Price, c.Fee.Mean()),
		KnownIf(c.Cliff.Known, Count, c.Cliff.Operations), Known(Money, c.BuildCost.Mean()), KnownIf(c.Priced, Money, c.Total),
		Words(seen), Words(b.because(c)),
	}
}

// rules are those that decided something, with their thresholds and where they
// come from.
func (b *builder) rules() Table {
	t := Table{ID: "rules", Apart: true, Title: b.t("technology.title.rules", nil), Short: b.t("technology.short.rules", nil), Columns: []Column{
		b.column("id", Text, 8), b.column("rule", Text, 64), b.column("threshold", Text, 26), b.column("rests_on", Text, 18), b.column("source", Text, 44),
	}}
	var ids []string
	for _, a := range b.Advised {
		ids = append(ids, a.Rules()...)
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		r, ok := b.Catalogue.Rule(id)
		if !ok {
			continue
		}
		var limits []string
		for _, x := range r.Thresholds {
			limits = append(limits, x.ID+" "+b.plain(x.Value.Value))
		}
		source := ""
		if r.Source != "" {
			source = b.Publication(r.Source)
		}
		t.Rows = append(t.Rows, Row{id, []Cell{
			Words(strings.ToUpper(id)), Words(b.Rule(id)), Words(strings.Join(limits, ", ")), Words(b.words.Text("origin."+string(r.Origin), nil)), Words(source),
		}})
	}
	return t
}
