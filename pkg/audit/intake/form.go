package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// The rows of a form, from the top.
const (
	titleRow   = 1
	introRow   = 2 // two of them
	topRow     = 4 // name, date, department
	groupRow   = 6
	headRow    = 7
	firstRow   = 8 // help, then examples, then flows
	examples   = 2
	emptyRows  = 15 // for flows that nobody has told yet
	firstFlow  = firstRow + 1 + examples
	idAt       = 1 // the hidden column of ids
	firstAt    = 2
	mostFlows  = 300  // that come pre-filled
	mostTerms  = 5000 // of a list; who needs another types it
	pageHeight = 400  // the tallest row, in points
)

// Write writes a form for people who cannot be met: a workbook in the
// printer's language with one row a flow, drop-downs from the workspace, and
// the flows of a department already in it, all that people do by hand where it
// is empty. Equal workspaces give equal bytes.
func Write(w io.Writer, ws audit.Workspace, p lang.Printer, department string) (err error) {
	f, err := newBlank(ws, p, department)
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.file.Close(); err == nil {
			err = closed
		}
	}()
	for _, step := range []func() error{f.writeLists, f.writeTop, f.writeHeads, f.writeRows, f.validate, f.dress, f.writeData} {
		if err := step(); err != nil {
			return fmt.Errorf("make the form: %w", err)
		}
	}
	var raw bytes.Buffer
	if err := f.file.Write(&raw); err != nil {
		return err
	}
	return repack(w, raw.Bytes(), properties{f.title(), ws.Client.Name, p.Language()})
}

// blank is a form in the making.
type blank struct {
	file       *excelize.File
	sheet      string
	words      lang.Printer
	all        printer // of all languages, the form's first
	workspace  audit.Workspace
	department string // as it is shown
	columns    []column
	lists      map[string]choices
	flows      []audit.Flow
	given      []prefilled
	styles     map[style]int
}

// prefilled is a cell that comes with a text, which is no statement.
type prefilled struct{ row, column, text string }

func newBlank(ws audit.Workspace, p lang.Printer, department string) (*blank, error) {
	all, err := languages()
	if err != nil {
		return nil, err
	}
	for i, other := range all {
		if other.Language() == p.Language() {
			all = all.from(i)
			break
		}
	}
	f := &blank{file: excelize.NewFile(), sheet: p.Text("form.sheet", nil), words: p, all: all, workspace: ws, columns: columns(),
		lists: map[string]choices{}, styles: map[style]int{}}
	for _, name := range listNames {
		f.lists[name] = choicesOf(name, all, ws)
	}
	code, known := f.lists["department"].find(department)
	if !known {
		code = department
	}
	f.department = f.lists["department"].show(code)
	for _, flow := range ws.Flows {
		if flow.ByHand() && (department == "" || flow.Department == code) && len(f.flows) < mostFlows {
			f.flows = append(f.flows, flow)
		}
	}
	if err := f.file.SetSheetName("Sheet1", f.sheet); err != nil {
		return nil, err
	}
	return f, f.file.SetDefaultFont(fontName)
}

// lastRow is the last that takes an answer.
func (f *blank) lastRow() int { return firstFlow + len(f.flows) + emptyRows - 1 }

// at is where a column stands on the sheet.
func (f *blank) at(i int) int { return firstAt + i }

func (f *blank) title() string {
	if name := f.workspace.Client.Name; name != "" {
		return f.words.Text("form.title.client", lang.Args{"Client": name})
	}
	return f.words.Text("form.title", nil)
}

// set writes a text into a cell, in a style.
func (f *blank) set(column, row int, text string, s style) error {
	name := cellName(column, row)
	id, err := f.style(s)
	if err != nil {
		return err
	}
	if err := f.file.SetCellStyle(f.sheet, name, name, id); err != nil || text == "" {
		return err
	}
	return f.file.SetCellStr(f.sheet, name, cellText(text))
}

// writeTop writes what the form is, and asks who fills it in.
func (f *blank) writeTop() error {
	for row, line := range []string{f.title(), f.words.Text("form.intro.1", nil), f.words.Text("form.intro.2", nil)} {
		s := styleIntro
		if row == 0 {
			s = styleTitle
		}
		if err := f.set(firstAt, titleRow+row, line, s); err != nil {
			return err
		}
	}
	for i, q := range f.questions() {
		if err := f.set(firstAt+2*i, topRow, q.text, styleQuestion); err != nil {
			return err
		}
		if err := f.set(firstAt+2*i+1, topRow, q.answer, q.style); err != nil {
			return err
		}
	}
	return nil
}

// question is one of those at the top.
type question struct {
	key, text, answer string
	style             style
}

func (f *blank) questions() []question {
	day := styleDay
	if f.words.Language() == "es" {
		day = styleSpanishDay
	}
	return []question{
		{"form.person", f.words.Text("form.person", nil), "", styleInput},
		{"form.date", f.words.Text("form.date", nil), "", day},
		{"form.department", f.words.Text("form.department", nil), f.department, styleInput},
	}
}

// writeHeads writes the groups, the headings and the help under each.
func (f *blank) writeHeads() error {
	if err := f.set(idAt, headRow, idColumn, styleHelp); err != nil {
		return err
	}
	if err := f.set(idAt, firstRow, helpRow, styleHelp); err != nil {
		return err
	}
	dark, before := true, column{}
	for i, c := range f.columns {
		group := ""
		if c.group != before.group || c.point != before.point {
			group, dark = f.words.Text("form.group."+c.group, lang.Args{"N": strconv.Itoa(c.point)}), !dark
		}
		before = c
		heads, groups := styleHead, styleGroup
		if dark {
			heads, groups = styleDarkHead, styleDarkGroup
		}
		if err := f.set(f.at(i), groupRow, group, groups); err != nil {
			return err
		}
		if err := f.set(f.at(i), headRow, c.words(f.words, "", ""), heads); err != nil {
			return err
		}
		if err := f.set(f.at(i), firstRow, c.words(f.words, ".help", currencyOf(f.workspace)), styleHelp); err != nil {
			return err
		}
	}
	return nil
}

// writeRows writes the examples, the flows that are known, and the empty rows.
func (f *blank) writeRows() error {
	for n := range examples {
		id := exampleRow + strconv.Itoa(n+1)
		if err := f.writeRow(firstRow+1+n, id, styleExample, func(c column) string { return f.example(c, n) }); err != nil {
			return err
		}
	}
	for n, flow := range f.flows {
		if err := f.writeRow(firstFlow+n, flow.ID, styleInput, func(c column) string { return f.known(c, flow) }); err != nil {
			return err
		}
	}
	for row := firstFlow + len(f.flows); row <= f.lastRow(); row++ {
		if err := f.writeRow(row, "", styleInput, func(column) string { return "" }); err != nil {
			return err
		}
	}
	return nil
}

func (f *blank) writeRow(row int, id string, s style, text func(column) string) error {
	if err := f.set(idAt, row, id, styleHelp); err != nil {
		return err
	}
	for i, c := range f.columns {
		what, as := text(c), s
		switch {
		case s == styleInput && c.is == amount:
			as = styleNumber
		case s == styleInput && what != "":
			as = styleKnown
		}
		if err := f.set(f.at(i), row, what, as); err != nil {
			return err
		}
		if x, err := strconv.ParseFloat(what, 64); err == nil && c.is == amount {
			if err := f.file.SetCellValue(f.sheet, cellName(f.at(i), row), x); err != nil {
				return err
			}
		}
		if id != "" && what != "" {
			f.given = append(f.given, prefilled{id, c.key, what})
		}
	}
	return nil
}

// known is what the workspace says about a flow and the form shows.
func (f *blank) known(c column, flow audit.Flow) string {
	switch c.key {
	case "name":
		return flow.Label()
	case "from":
		return f.lists["system"].show(flow.From)
	case "to":
		return f.lists["system"].show(flow.To)
	case "entity":
		return f.lists["entity"].show(flow.Entity)
	}
	return ""
}

// example is what an example says: the first is typed daily and goes wrong,
// the second is exported monthly and does not.
func (f *blank) example(c column, n int) string {
	which := []string{".first", ".second"}[n]
	if key := "form." + c.text + which; c.point < 2 && f.words.Has(key) {
		return f.words.Text(key, nil)
	}
	type pair struct{ first, second string }
	answers := map[string]pair{
		"how": {"manual", "file"}, "every": {"daily", "monthly"}, "hours_per": {"week", "month"}, "whose": {"all", "own"},
		"volume_per": {"month", "month"}, "basis": {"counted", "estimated"}, "absence": {"waits", "delegated"},
		"hours_low": {"6", ""}, "hours": {"8", "3"}, "hours_high": {"12", ""}, "volume": {"800", "1"},
		"error1_rate": {"2", ""}, "error1_minutes": {"20", ""}, "error1_cost": {"15", ""},
	}
	answer := answers[c.key].first
	if n == 1 {
		answer = answers[c.key].second
	}
	if c.is == choice && answer != "" {
		return f.lists[c.list].show(answer)
	}
	return answer
}

// id names a form by all that it shows: another workspace, department or
// language is another form.
func (f *blank) id() string {
	var b strings.Builder
	line := func(parts ...string) { fmt.Fprintf(&b, "%q\n", parts) }
	line(f.title(), f.words.Language(), f.department, f.workspace.Currency)
	for _, name := range listNames {
		line(append([]string{name}, f.lists[name].shown()...)...)
	}
	for _, g := range f.given {
		line(g.row, g.column, g.text)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:4])
}

// writeLists writes what may be chosen on a hidden sheet, a column a list.
func (f *blank) writeLists() error {
	if _, err := f.file.NewSheet(listSheet); err != nil {
		return err
	}
	for i, name := range listNames {
		for j, text := range f.offered(name) {
			if err := f.file.SetCellStr(listSheet, cellName(i+1, j+1), cellText(text)); err != nil {
				return err
			}
		}
	}
	return f.file.SetSheetVisible(listSheet, false)
}

// offered are the answers that a list shows.
func (f *blank) offered(list string) []string {
	all := f.lists[list].shown()
	return all[:min(len(all), mostTerms)]
}

// writeData writes, where nobody sees it, which form this is, and what came
// pre-filled.
func (f *blank) writeData() error {
	if _, err := f.file.NewSheet(dataSheet); err != nil {
		return err
	}
	rows := [][]string{{"form", f.id()}, {"version", strconv.Itoa(f.workspace.Version)}}
	for _, g := range f.given {
		rows = append(rows, []string{"given", g.row, g.column, g.text})
	}
	for i, cells := range rows {
		for j, text := range cells {
			if err := f.file.SetCellStr(dataSheet, cellName(j+1, i+1), cellText(text)); err != nil {
				return err
			}
		}
	}
	f.file.SetActiveSheet(0)
	return f.file.SetSheetVisible(dataSheet, false, true)
}
