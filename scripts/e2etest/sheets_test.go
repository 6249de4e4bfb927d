//go:build e2e

package e2etest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// cell is one cell of a workbook as its file has it.
type cell struct {
	sheet, ref string
	formula    string // without =, empty for none
	kind       string // of the value: n (number), s and inlineStr and str (text), b, e (error)
	text       string // the value; of a number, its digits
}

func (c cell) number() (float64, bool) {
	if c.kind != "n" || c.text == "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(c.text, 64)
	return x, err == nil
}

// row is the cell's row, as a part of its reference.
func (c cell) row() string { return strings.TrimLeft(c.ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }

// The parts of a workbook's XML that hold its values (ECMA-376, part 1, 18.2 to 18.4).
type (
	xmlText struct {
		T    string   `xml:"t"`
		Runs []string `xml:"r>t"`
	}
	xmlBook struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			Rel  string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	xmlRels struct {
		Rels []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	xmlSheet struct {
		Cells []struct {
			Ref     string   `xml:"r,attr"`
			Kind    string   `xml:"t,attr"`
			Formula *string  `xml:"f"`
			Value   string   `xml:"v"`
			Inline  *xmlText `xml:"is"`
		} `xml:"sheetData>row>c"`
	}
)

func (t xmlText) String() string { return t.T + strings.Join(t.Runs, "") }

// cells reads every cell of a workbook, sheet by sheet.
func cells(t *testing.T, file string) []cell {
	t.Helper()
	parts := unzipped(t, file)
	shared := parsedXML[struct {
		Items []xmlText `xml:"si"`
	}](t, parts["xl/sharedStrings.xml"])
	targets := map[string]string{}
	for _, rel := range parsedXML[xmlRels](t, parts["xl/_rels/workbook.xml.rels"]).Rels {
		targets[rel.ID] = strings.TrimPrefix(path.Join("xl", rel.Target), "xl/xl/")
		if strings.HasPrefix(rel.Target, "/") {
			targets[rel.ID] = strings.TrimPrefix(rel.Target, "/")
		}
	}
	var all []cell
	for _, s := range parsedXML[xmlBook](t, parts["xl/workbook.xml"]).Sheets {
		content := parts[targets[s.Rel]]
		if content == nil {
			t.Fatalf("%s: the sheet %q has no part %q", file, s.Name, targets[s.Rel])
		}
		for _, c := range parsedXML[xmlSheet](t, content).Cells {
			read := cell{sheet: s.Name, ref: c.Ref, kind: c.Kind, text: c.Value}
			if c.Formula != nil {
				read.formula = *c.Formula
			}
			switch c.Kind {
			case "":
				read.kind = "n"
			case "s":
				index, err := strconv.Atoi(c.Value)
				if err != nil || index >= len(shared.Items) {
					t.Fatalf("%s: %s!%s names the shared text %q", file, s.Name, c.Ref, c.Value)
				}
				read.text = shared.Items[index].String()
			case "inlineStr":
				read.text = c.Inline.String()
			}
			all = append(all, read)
		}
	}
	return all
}

func parsedXML[T any](t *testing.T, content []byte) T {
	t.Helper()
	var v T
	if content == nil {
		return v
	}
	if err := xml.Unmarshal(content, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func unzipped(t *testing.T, file string) map[string][]byte {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	defer archive.Close()
	parts := map[string][]byte{}
	for _, entry := range archive.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %s: %v", file, entry.Name, err)
		}
		parts[entry.Name] = content
	}
	return parts
}

var (
	storedValue = regexp.MustCompile(`(?s)(<c\b[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>))\s*<v>[^<]*</v>`)
	sheetPart   = regexp.MustCompile(`^xl/worksheets/[^/]+\.xml$`)
)

// stripped copies a workbook without the values that are stored beside its formulas,
// so that whoever opens it has to work them out.
func stripped(t *testing.T, file string) string {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	parts, found := unzipped(t, file), 0
	for _, entry := range archive.File {
		content := parts[entry.Name]
		if sheetPart.MatchString(entry.Name) {
			found += len(storedValue.FindAllIndex(content, -1))
			content = storedValue.ReplaceAll(content, []byte("$1"))
		}
		part, err := w.Create(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Fatalf("%s has no formula with a stored value", file)
	}
	to := filepath.Join(t.TempDir(), "stripped-"+filepath.Base(file))
	if err := os.WriteFile(to, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}
