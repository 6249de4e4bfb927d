package diagram

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// figures are what the picture comes to, with what is folded.
func (f *wording) figures(v View) []Figure {
	count := func(key string, n int) Figure {
		return Figure{f.p.Number(float64(n), 0), f.p.Plural(key, n, nil)}
	}
	sums, platforms := v.Others.Sums, 0
	for _, l := range v.Links {
		sums.add(l)
	}
	for _, n := range v.Nodes {
		if n.Platform {
			platforms++
		}
	}
	switch v.Kind {
	case KindTarget, KindChange:
		return []Figure{{f.hours(sums.Saved), f.p.Text("map.saved", nil)}, {f.hours(sums.Hours), f.p.Text("map.stay", nil)},
			count("map.integrated", sums.Moved), count("map.platforms", platforms)}
	case KindRecords:
		return f.recordFigures(v, count)
	case KindFlows, KindHeat, KindImpact, KindBetween:
	}
	out := []Figure{{f.hours(sums.Hours), f.p.Text("map.hours", nil)}}
	if v.Kind == KindHeat {
		out = append(out, Figure{f.money(sums.Cost), f.p.Text("map.cost", nil)})
	}
	out = append(out, count("map.systems", len(v.Nodes)-platforms+v.Others.Systems), count("map.flow", sums.Flows))
	if sums.Errors > 0 {
		out = append(out, count("map.errors", sums.Errors))
	}
	return out
}

// recordFigures are what a view of records comes to.
func (f *wording) recordFigures(v View, count func(string, int) Figure) []Figure {
	shown := map[string]bool{}
	for _, l := range v.Links {
		for _, id := range l.Flows {
			if x, ok := f.w.Flow(id); ok {
				shown[x.Entity] = true
			}
		}
	}
	entities, without, copies := 0, 0, 0
	for _, e := range f.m.Entities {
		if !shown[e.ID] {
			continue
		}
		entities++
		copies += len(e.Consumers)
		if e.Record == "" {
			without++
		}
	}
	out := []Figure{count("map.entities", entities), count("map.copies", copies)}
	if without > 0 {
		out = append(out, Figure{f.p.Number(float64(without), 0), f.p.Text("map.without", nil)})
	}
	return append(out, count("map.systems", len(v.Nodes)))
}

func (f *wording) money(x float64) string { return f.p.Money(x, f.w.Currency, 0) }

// others says what is folded, on a card.
func (f *wording) others(o Others) Others {
	o.Title, o.Lines = f.p.Text("map.others", nil), nil
	if o.Flows > 0 {
		line := f.p.Plural("count.flows", o.Flows, nil)
		if o.Hours > 0 {
			line += dot + f.hours(o.Hours)
		}
		o.Lines = append(o.Lines, line)
	}
	if o.Systems > 0 {
		o.Lines = append(o.Lines, f.p.Plural("count.systems", o.Systems, nil))
	}
	return o
}

// entries collects explanations, each once.
type entries []Entry

func (e *entries) add(s Sample, words string) {
	if !slices.ContainsFunc(*e, func(x Entry) bool { return x.Sample == s && x.Words == words }) {
		*e = append(*e, Entry{s, words})
	}
}

// legend explains what the view uses, and nothing else.
func (f *wording) legend(v View) []Entry {
	var g entries
	for _, s := range v.samples() {
		g.add(s, f.line(v.Kind, s))
	}
	if most := v.widest(); most > 0 && v.Kind != KindRecords {
		g.add(SampleWidth, f.p.Text("map.legend.width", lang.Args{"Hours": f.hours(most)}))
	}
	if dearest := mostCost(v.Links); v.Kind == KindHeat && dearest > 0 {
		g.add(SampleHeat, f.p.Text("map.legend.heat", lang.Args{"Cost": f.money(dearest)}))
	}
	f.marks(v, &g)
	if v.Numbered() {
		g.add(SampleWords, f.p.Text("map.legend.numbers", nil))
	}
	return g
}

// line explains a line, in a view of the change with what becomes of it.
func (f *wording) line(of Kind, s Sample) string {
	key, state := "map.legend."+string(s), "new"
	switch s {
	case SampleManual, SampleFile, SampleAutomated:
		key, state = "how."+string(s), "kept"
	}
	if of == KindBetween && s == Sample(New) {
		return f.p.Text("map.legend.came", nil)
	}
	text := f.p.Text(key, nil)
	if (of == KindChange || of == KindBetween) && s != Sample(Gone) {
		text = f.p.Text("map.legend."+state, lang.Args{"What": text})
	}
	return text
}

// lineSamples are the samples of lines, in the order of a legend.
var lineSamples = []Sample{
	SampleManual, SampleFile, SampleAutomated, Sample(audit.Push), Sample(audit.Pull), Sample(audit.PubSub), Sample(audit.Sync),
	Sample(audit.BatchFile), Sample(audit.RequestReply),
	Sample(Spreads), Sample(Writes), Sample(Copies), Sample(Unruled), Sample(New), Sample(Gone),
}

// samples are those of the lines that the view has.
func (v View) samples() []Sample {
	var out []Sample
	used := map[Sample]bool{}
	for _, l := range v.Links {
		used[l.sample()] = true
	}
	for _, s := range lineSamples {
		if used[s] {
			out = append(out, s)
		}
	}
	return out
}

// sample is what a link's line shows first.
func (l Link) sample() Sample {
	switch {
	case l.Way != "":
		return Sample(l.Way)
	case l.State == Gone:
		return Sample(Gone)
	case l.Pattern != "":
		return Sample(l.Pattern)
	case l.State == New:
		return Sample(New)
	case l.How == audit.File:
		return SampleFile
	case l.How == audit.Automated:
		return SampleAutomated
	}
	return SampleManual
}

// marks explains the signs on cards and labels.
func (f *wording) marks(v View, g *entries) {
	if v.records() {
		g.add(SampleRecord, f.p.Text("map.legend.record", nil))
	}
	for _, n := range v.Nodes {
		switch {
		case n.Platform:
			g.add(SamplePlatform, f.p.Text("map.legend.platform", nil))
		case n.Part == graph.Consumer || n.Part == graph.WritesBack:
			g.add(SampleConsumer, f.p.Text("map.legend.consumer", nil))
		}
	}
	if v.Kind == KindImpact {
		g.add(SampleDistance, f.p.Text("map.legend.distance", nil))
	}
	if !v.Numbered() && slices.ContainsFunc(v.Links, func(l Link) bool { return l.Errors > 0 }) {
		g.add(SampleErrors, f.p.Text("map.legend.errors", nil))
	}
	out, sheets := f.outlines(v)
	if out != "" {
		g.add(SampleOutside, out)
	}
	if sheets != "" {
		g.add(SampleSheet, sheets)
	}
	if slices.ContainsFunc(v.Links, func(l Link) bool { return l.Amount == unknown || strings.HasSuffix(l.Amount, more) }) {
		g.add(SampleWords, f.p.Text("map.legend.unknown", nil))
	}
}

// outlines explains the outlines of cards that the view has.
func (f *wording) outlines(v View) (out, sheets string) {
	var sorts []string
	for _, n := range v.Nodes {
		switch n.outline() {
		case outside:
			out = f.p.Text("map.legend.outside", nil)
		case sheet:
			if !slices.Contains(sorts, n.Sort) {
				sorts = append(sorts, n.Sort)
			}
		case inside, platform:
		}
	}
	return out, f.p.List(sorts)
}
