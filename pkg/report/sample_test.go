package report_test

import (
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

func shipped(t testing.TB) catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// run walks the stages with a workspace.
func run(t testing.TB, w audit.Workspace) report.Run {
	t.Helper()
	return walk(w, shipped(t))
}

func walk(w audit.Workspace, c catalogue.Catalogue) report.Run {
	m := graph.New(w)
	ranking := roi.Rank(w, func(f audit.Flow) []advise.Candidate { return advise.Candidates(w, m, c, f) }, roi.ByPayback)
	return report.Run{Workspace: w, Catalogue: c, Map: m, Ranking: ranking, Findings: append(w.Findings, m.Findings...)}
}

func example(t testing.TB, name string) audit.Workspace {
	t.Helper()
	w, err := audit.Load("../../examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func parsed(t testing.TB, yaml string) audit.Workspace {
	t.Helper()
	w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte(yaml)}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func built(t testing.TB, base report.Run, language string) report.Report {
	t.Helper()
	p, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	picture := report.Picture{ID: "map", Title: "Map", Alt: "a map", Drawing: draw.Drawing{Width: 400, Height: 300}}
	r, err := report.Build(report.Input{Base: base, Words: p, Pictures: []report.Picture{picture}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// table finds a table of the report.
func table(t testing.TB, r report.Report, id string) report.Table {
	t.Helper()
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Table:
				if b.ID == id {
					return b
				}
			case report.Chart:
				if b.Table.ID == id {
					return b.Table
				}
			}
		}
	}
	t.Fatalf("there is no table %q", id)
	return report.Table{}
}

// at finds a cell of a table.
func at(t testing.TB, tb report.Table, row, column string) report.Cell {
	t.Helper()
	for j, c := range tb.Columns {
		if c.Key != column {
			continue
		}
		if row == report.TotalKey && tb.Total != nil {
			return tb.Total.Cells[j]
		}
		for _, r := range tb.Rows {
			if r.Key == row {
				return r.Cells[j]
			}
		}
	}
	t.Fatalf("table %q has no cell %q, %q", tb.ID, row, column)
	return report.Cell{}
}

// figure finds a key figure of the summary.
func figure(t testing.TB, r report.Report, key string) report.Cell {
	t.Helper()
	for _, b := range r.Sections[0].Blocks {
		if f, ok := b.(report.Figures); ok {
			for _, fig := range f.Figures {
				if fig.Key == key {
					return fig.Cell
				}
			}
		}
	}
	t.Fatalf("there is no key figure %q", key)
	return report.Cell{}
}
