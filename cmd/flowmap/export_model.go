package main

import (
	"bytes"
	"fmt"
	"path/filepath"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/export/archimate"
	"github.com/flowmap-dev/flowmap/pkg/export/bpmn"
	"github.com/flowmap-dev/flowmap/pkg/export/openlineage"
	"github.com/flowmap-dev/flowmap/pkg/graph"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/spf13/cobra"
)

// modelFormats are the exports of a whole workspace, each with its file's name.
var modelFormats = map[string]string{
	"archimate":   "flowmap.archimate.xml",
	"bpmn":        "flowmap.bpmn",
	"openlineage": "flowmap.openlineage.jsonl",
}

// exportModel writes the whole workspace in a format.
func (w *world) exportModel(c *cobra.Command, args []string, flags whatIf, format, to string) error {
	dir, a, err := w.begin(c, args, flags, func(ws audit.Workspace) (analysis, error) {
		return analysis{workspace: ws, graph: graph.New(ws)}, nil
	})
	if err != nil {
		return err
	}
	text, err := modelText(a, format)
	if err != nil {
		return err
	}
	if to != "" {
		return w.write(to, text)
	}
	to = filepath.Join(folderOf(dir), "report", modelFormats[format])
	if err := makeFolder(filepath.Dir(to)); err != nil {
		return err
	}
	if err := w.write(to, text); err != nil {
		return err
	}
	_, err = fmt.Fprintln(w.out, to)
	return err
}

func modelText(a analysis, format string) ([]byte, error) {
	var b bytes.Buffer
	if format == "openlineage" {
		if a.workspace.Date == "" {
			return nil, &hinted{fmt.Errorf("an event of OpenLineage needs a time, and the audit has no date"),
				"write date: with a day such as 2026-01-31 into flowmap.yaml, or set SOURCE_DATE_EPOCH"}
		}
		err := openlineage.Write(&b, a.workspace)
		return b.Bytes(), err
	}
	p, err := lang.New(a.workspace.Language)
	if err != nil {
		return nil, err
	}
	view, err := diagram.Flows(a.graph, a.workspace, p, diagram.Options{})
	if err != nil {
		return nil, err
	}
	plan, err := view.Plan(diagram.Look{})
	if err != nil {
		return nil, err
	}
	if format == "archimate" {
		err = archimate.Write(&b, plan, a.graph, a.workspace)
	} else {
		err = bpmn.Write(&b, plan)
	}
	if n := plan.View.Others.Links; err == nil && n > 0 {
		err = fmt.Errorf("the map has too many links for one diagram: %d would be left out", n)
	}
	return b.Bytes(), err
}
