package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/intake"
)

// Whatever a workbook that comes back holds, it is refused with what to do, or
// its problems each have a cell, or what it changes is a workspace that loads.
func FuzzReportThatComesBack(f *testing.F) {
	dir := f.TempDir()
	const text = `version: 1
date: 2026-11-20
client: {name: Fuzz}
systems: [{id: shop, kind: ecommerce}, {id: erp, kind: erp}]
flows:
  - {id: orders, name: Orders, from: shop, to: erp, effort: {hours_per_week: 15}, volume: 200/month, errors: [{what: Typo, rate: 2%, cost: 5}]}
`
	if err := os.WriteFile(filepath.Join(dir, "flowmap.yaml"), []byte(text), 0o600); err != nil {
		f.Fatal(err)
	}
	ws, err := audit.Load(dir)
	if err != nil {
		f.Fatal(err)
	}
	out := f.TempDir()
	var said bytes.Buffer
	w := &world{in: strings.NewReader(""), out: &said, err: &said, env: func(string) string { return "" }}
	if code := w.run(f.Context(), []string{"report", dir, "--only", "xlsx", "-o", out}); code != exitDone {
		f.Fatal(said.String())
	}
	blank := unzipped(f, filepath.Join(out, "report.xlsx"))
	const book = "xl/workbook.xml"
	inputs, flows := sheetOf(f, blank, "flowmap-inputs"), sheetOf(f, blank, "Flows")
	f.Add(blank[book], blank[inputs], blank[flows])
	f.Add(blank[book], blank[inputs], []byte(strings.Replace(string(blank[flows]), "<v>15</v>", "<v>12.5</v>", 1)))
	f.Add([]byte(strings.ReplaceAll(string(blank[book]), "$2", "$1048576")), blank[inputs], []byte(`<worksheet><sheetData><row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, workbook, input, flow []byte) {
		all := maps.Clone(blank)
		all[book], all[inputs], all[flows] = workbook, input, flow
		back, is, err := intake.ReadReport("report.xlsx", packed(t, all))
		if !is || refusedOrPlaced(t, err) {
			return
		}
		changes, _, err := corrections(ws, "report.xlsx", back)
		if refusedOrPlaced(t, err) || len(changes) == 0 {
			return
		}
		files, _, err := corrected(ws, "report.xlsx", changes)
		if refusedOrPlaced(t, err) {
			return
		}
		now := []byte(text)
		for _, file := range files {
			if now, err = audit.Edit(now, file.Changes...); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: now}}); err != nil {
			t.Fatalf("what was changed does not load: %v\n%s", err, now)
		}
	})
}

// refusedOrPlaced tells whether there is an error, which says what to do or where
// each problem is.
func refusedOrPlaced(t *testing.T, err error) bool {
	t.Helper()
	var refused *intake.RefusedError
	var problems audit.Problems
	switch {
	case err == nil:
		return false
	case errors.As(err, &refused) && refused.Reason != "" && refused.Hint != "":
	case errors.As(err, &problems):
		for _, p := range problems {
			if p.Place.IsZero() || p.Message == "" {
				t.Fatalf("a problem without a place: %+v", p)
			}
		}
	default:
		t.Fatalf("refused with %v", err)
	}
	return true
}

func unzipped(t testing.TB, name string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	all := map[string][]byte{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[part.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func packed(t testing.TB, all map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = part.Write(all[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheetOf is the part of a sheet.
func sheetOf(t testing.TB, all map[string][]byte, name string) string {
	t.Helper()
	id := regexp.MustCompile(`<sheet name="` + regexp.QuoteMeta(name) + `" [^>]*r:id="(rId\d+)"`).FindSubmatch(all["xl/workbook.xml"])
	if id == nil {
		t.Fatalf("there is no sheet %q", name)
	}
	for _, relation := range regexp.MustCompile(`<Relationship [^>]*>`).FindAll(all["xl/_rels/workbook.xml.rels"], -1) {
		if bytes.Contains(relation, fmt.Appendf(nil, `Id="%s"`, id[1])) {
			target := regexp.MustCompile(`Target="/?(?:xl/)?([^"]+)"`).FindSubmatch(relation)
			return "xl/" + string(target[1])
		}
	}
	t.Fatalf("sheet %q has no part", name)
	return ""
}
