package render_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// readJSON reads a report's document without its types.
func readJSON(t testing.TB, document []byte, r report.Report) found {
	t.Helper()
	var doc any
	if err := json.Unmarshal(document, &doc); err != nil {
		t.Fatal(err)
	}
	p := printer(t, r.Meta.Language)
	f := found{text: map[spot]string{}, number: map[spot]float64{}}
	var prose strings.Builder
	put := func(at spot, v any) {
		switch v := v.(type) {
		case nil:
			f.text[at] = p.Text("unknown", nil)
		case float64:
			f.text[at], f.number[at] = strconv.FormatFloat(v, 'f', -1, 64), v
		case string:
			f.text[at] = v
			if v == "never" {
				f.text[at] = p.Text("never", nil)
			}
		}
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			prose.WriteString(squeezed(v) + "\n")
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if columns, ok := v["columns"].([]any); ok {
				rows, _ := v["rows"].([]any)
				if total, ok := v["total"]; ok {
					rows = append(rows, map[string]any{"key": report.TotalKey, "cells": total})
				}
				for _, row := range rows {
					row := row.(map[string]any)
					for i, c := range row["cells"].([]any) {
						put(spot{v["id"].(string), row["key"].(string), columns[i].(map[string]any)["key"].(string)}, c)
					}
				}
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(doc)
	f.prose = prose.String()
	return f
}
