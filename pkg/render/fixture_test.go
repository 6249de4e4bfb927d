package render_test

import (
	"sync"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// shipped is the catalogue, read once.
var shipped = sync.OnceValues(catalogue.Load)

func printer(t testing.TB, language string) lang.Printer {
	t.Helper()
	p, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func exampleReport(t testing.TB, name, language string) report.Report {
	t.Helper()
	w, err := audit.Load("../../examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return reportOf(t, w, language)
}

// reportOf walks the stages with a workspace, with a small picture.
func reportOf(t testing.TB, w audit.Workspace, language string) report.Report {
	t.Helper()
	c, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	m := graph.New(w)
	ranking := roi.Rank(w, func(f audit.Flow) []advise.Candidate { return advise.Candidates(w, m, c, f) }, roi.ByPayback)
	black := draw.RGB(0)
	d := draw.Drawing{Width: 420, Height: 297, Title: "Map", Marks: []draw.Mark{
		draw.Text{At: draw.Point{X: 20, Y: 40}, String: w.Client.Name, Size: 12, Colour: black},
	}}
	base := report.Run{Workspace: w, Catalogue: c, Map: m, Ranking: ranking, Findings: append(w.Findings, m.Findings...)}
	facts, err := catalogue.LoadRecovery()
	if err != nil {
		t.Fatal(err)
	}
	base.Runbooks = report.Runbooks(base, facts)
	r, err := report.Build(report.Input{
		Base:     base,
		Pictures: []report.Picture{{ID: "map", Title: "Map", Alt: "A map of " + w.Client.Name, Drawing: d}},
		Words:    printer(t, language),
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
