package intake_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/intake"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// shop is a workspace with three systems, two types of data, and a flow of
// sales and one of purchasing.
const shop = `version: 1
client: {name: Levante}
currency: EUR
language: es
systems:
  - {id: tienda, name: PrestaShop}
  - {id: erp, name: Sage 50}
  - {id: correo, name: Correo electrónico, kind: email}
entities:
  - {id: pedido, name: Pedido de venta}
  - {id: cliente, name: Cliente}
flows:
  - {id: pedidos-web, name: Pedidos web, from: tienda, to: erp, entity: pedido, department: sales}
  - {id: compras, name: Compras, from: correo, to: erp, department: purchasing}
  - {id: stock, name: Existencias, from: erp, to: tienda, how: automated, department: sales}
`

func workspace(t testing.TB, files ...string) audit.Workspace {
	t.Helper()
	if len(files) == 0 {
		files = []string{"flowmap.yaml", shop}
	}
	var all []audit.Source
	for i := 0; i < len(files); i += 2 {
		all = append(all, audit.Source{Name: files[i], Text: []byte(files[i+1])})
	}
	w, err := audit.New(all)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func speak(t testing.TB, language string) lang.Printer {
	t.Helper()
	p, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// form is a form of the sales department.
func form(t testing.TB, language string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := intake.Write(&b, workspace(t), speak(t, language), "sales"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheet is a form that a test fills in as a person does, by its headings.
type sheet struct {
	t    testing.TB
	file *excelize.File
	name string
}

func open(t testing.TB, src []byte) sheet {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	return sheet{t, f, f.GetSheetList()[0]}
}

// The rows of the form: the first flow stands in the 11th, and as it is the
// only one of sales that is done by hand, the 12th is empty.
const (
	headings = 7
	known    = 11
	empty    = 12
)

func (s sheet) cell(row int, heading string) string {
	s.t.Helper()
	rows, err := s.file.GetRows(s.name)
	if err != nil {
		s.t.Fatal(err)
	}
	at := slices.Index(rows[headings-1], heading)
	if at < 0 {
		s.t.Fatalf("no heading %q in %q", heading, rows[headings-1])
	}
	name, err := excelize.CoordinatesToCellName(at+1, row)
	if err != nil {
		s.t.Fatal(err)
	}
	return name
}

func (s sheet) set(row int, heading string, value any) sheet {
	s.t.Helper()
	return s.put(s.cell(row, heading), value)
}

func (s sheet) put(cell string, value any) sheet {
	s.t.Helper()
	if err := s.file.SetCellValue(s.name, cell, value); err != nil {
		s.t.Fatal(err)
	}
	return s
}

func (s sheet) bytes() []byte {
	s.t.Helper()
	var b bytes.Buffer
	if err := s.file.Write(&b); err != nil {
		s.t.Fatal(err)
	}
	return b.Bytes()
}

// says imports a form and gives the file that it becomes.
func says(t testing.TB, w audit.Workspace, name string, src []byte) (intake.Import, string) {
	t.Helper()
	f, err := intake.Read(name, src)
	if err != nil {
		t.Fatal(err)
	}
	imported, err := f.Import(w)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := imported.Changes(w)
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) == 0 {
		return imported, ""
	}
	return imported, string(changes[0].Text)
}

// problems are those of a form, each on a line with its hint.
func problems(t testing.TB, name string, src []byte) []string {
	t.Helper()
	f, err := intake.Read(name, src)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Import(workspace(t))
	var all audit.Problems
	if !errors.As(err, &all) {
		t.Fatalf("got %v, want problems", err)
	}
	var lines []string
	for _, p := range all {
		lines = append(lines, p.String()+" | "+p.Hint)
	}
	return lines
}

// want compares lines: each must hold the text that is wanted in its place.
func want(t *testing.T, got []string, parts ...string) {
	t.Helper()
	ok := len(got) == len(parts)
	for i := range parts {
		ok = ok && strings.Contains(got[i], parts[i])
	}
	if !ok {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(parts, "\n"))
	}
}

// styleOf is a style with one of the number formats that every workbook has.
func styleOf(format int) *excelize.Style { return &excelize.Style{NumFmt: format} }
