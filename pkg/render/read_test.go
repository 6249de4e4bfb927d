package render_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// sheetCell is a cell as the XML of a worksheet has it.
type sheetCell struct {
	Ref     string  `xml:"r,attr"`
	Type    string  `xml:"t,attr"`
	Value   *string `xml:"v"`
	Formula string  `xml:"f"`
	Inline  string  `xml:"is>t"`
}

// text is what a reader sees: _x000D_ would be a line end, and _x005F_ is how
// its first letter is escaped.
func (c sheetCell) text() string {
	text := c.Inline
	if c.Value != nil {
		text = *c.Value
	}
	if !strings.Contains(text, "_x") {
		return text
	}
	return regexp.MustCompile(`_x([0-9A-F]{4})_`).ReplaceAllStringFunc(text, func(s string) string {
		code, _ := strconv.ParseUint(s[2:6], 16, 16)
		return string(rune(code))
	})
}

// sheetRow is a row's cells by column: A, B, ...
type sheetRow map[string]sheetCell

// parts unpacks a workbook.
func parts(t testing.TB, workbook []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// sheetNames lists a workbook's sheets in their order.
func sheetNames(t testing.TB, all map[string][]byte) []string {
	t.Helper()
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := xml.Unmarshal(all["xl/workbook.xml"], &book); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range book.Sheets {
		names = append(names, s.Name)
	}
	return names
}

// sheets reads every worksheet, in the order of their numbers.
func sheets(t testing.TB, all map[string][]byte) [][]sheetRow {
	t.Helper()
	var read [][]sheetRow
	for i := 1; ; i++ {
		text, ok := all["xl/worksheets/sheet"+strconv.Itoa(i)+".xml"]
		if !ok {
			return read
		}
		var sheet struct {
			Rows []struct {
				Cells []sheetCell `xml:"c"`
			} `xml:"sheetData>row"`
		}
		if err := xml.Unmarshal(text, &sheet); err != nil {
			t.Fatal(err)
		}
		var rows []sheetRow
		for _, r := range sheet.Rows {
			row := sheetRow{}
			for _, c := range r.Cells {
				row[strings.TrimRight(c.Ref, "0123456789")] = c
			}
			rows = append(rows, row)
		}
		read = append(read, rows)
	}
}

// letter is the name of a column, A being 0.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

// readWorkbook finds tables by their headings and rows by the keys in the
// first column.
func readWorkbook(t testing.TB, workbook []byte, r report.Report) found {
	t.Helper()
	f := found{text: map[spot]string{}, number: map[spot]float64{}}
	all := sheets(t, parts(t, workbook))
	var prose []string
	for _, rows := range all {
		for _, row := range rows {
			for _, c := range row {
				prose = append(prose, strings.TrimPrefix(squeezed(c.text()), "• "))
			}
		}
	}
	f.prose = strings.Join(prose, "\n")
	take := func(s spot, c sheetCell) {
		f.text[s] = c.text()
		if x, err := strconv.ParseFloat(c.text(), 64); err == nil && (c.Type == "" || c.Type == "n") {
			f.number[s] = x
		}
	}
	for _, table := range tablesIn(r) {
		rows := below(all, table)
		for _, row := range rows {
			for j, c := range table.Columns {
				take(spot{table.ID, row["A"].text(), c.Key}, row[letter(j+1)])
			}
		}
	}
	for _, figs := range keyFiguresIn(r) {
		for _, rows := range all {
			for _, row := range rows {
				for _, fig := range figs.Figures {
					if row["A"].text() == fig.Key && row["B"].text() == fig.Label {
						take(spot{figs.ID, fig.Key, report.FigureColumn}, row["C"])
					}
				}
			}
		}
	}
	return f
}

// below gives the rows under a table's headings, down to the first without a
// key.
func below(all [][]sheetRow, table report.Table) []sheetRow {
	heads := func(row sheetRow) bool {
		for j, c := range table.Columns {
			if row[letter(j+1)].text() != c.Label {
				return false
			}
		}
		return len(table.Columns) > 0
	}
	for _, rows := range all {
		at := slices.IndexFunc(rows, heads)
		for at >= 0 {
			end := at + 1
			for end < len(rows) && rows[end]["A"].text() != "" {
				end++
			}
			if end > at+1 && len(table.Rows) > 0 && rows[at+1]["A"].text() == table.Rows[0].Key {
				return rows[at+1 : end]
			}
			next := slices.IndexFunc(rows[at+1:], heads)
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	return nil
}

func tablesIn(r report.Report) []report.Table {
	var all []report.Table
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Table:
				all = append(all, b)
			case report.Chart:
				all = append(all, b.Table)
			}
		}
	}
	return all
}

func keyFiguresIn(r report.Report) []report.Figures {
	var all []report.Figures
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if f, ok := b.(report.Figures); ok {
				all = append(all, f)
			}
		}
	}
	return all
}

// attribute is an attribute of an element, or nothing.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf is what a reader sees of a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "style" && d.Parent.Data != "title" {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// readPage finds tables and rows of a page by their data attributes, and key
// figures by their class.
func readPage(t testing.TB, page []byte, r report.Report) found {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	f := found{text: map[spot]string{}, number: map[spot]float64{}, prose: squeezed(textOf(root))}
	shown := map[string][]report.Column{}
	for _, table := range tablesIn(r) {
		shown[table.ID] = visible(table)
	}
	for n := range root.Descendants() {
		switch {
		case n.Data == "tr" && attribute(n, "data-key") != "":
			table := n.Parent.Parent
			f.takeRow(attribute(table, "data-table"), attribute(n, "data-key"), n, shown)
		case n.Data == "div" && attribute(n, "data-key") != "":
			for d := range n.Descendants() {
				if attribute(d, "class") == "value" {
					f.text[spot{keyFiguresIn(r)[0].ID, attribute(n, "data-key"), report.FigureColumn}] = textOf(d)
				}
			}
		}
	}
	return f
}

func (f found) takeRow(table, key string, row *html.Node, shown map[string][]report.Column) {
	j := 0
	for cell := range row.ChildNodes() {
		if cell.Type == html.ElementNode && j < len(shown[table]) {
			f.text[spot{table, key, shown[table][j].Key}] = textOf(cell)
			j++
		}
	}
}

func visible(t report.Table) []report.Column {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c report.Column) bool { return c.Hidden })
}

// readMarkdown finds tables by their headings and rows by their order.
func readMarkdown(t testing.TB, text []byte, r report.Report) found {
	t.Helper()
	lines := strings.Split(string(text), "\n")
	f := found{text: map[spot]string{}, number: map[spot]float64{}, prose: squeezed(unescaped(string(text)))}
	next := 0
	take := func(id string, columns []string, labels []string, keys []string) {
		head := slices.IndexFunc(lines[next:], func(line string) bool { return slices.Equal(cellsOf(line), labels) })
		if head < 0 {
			return
		}
		next += head + 2
		for _, key := range keys {
			for j, text := range cellsOf(lines[next]) {
				f.text[spot{id, key, columns[j]}] = text
			}
			next++
		}
	}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Figures:
				var keys []string
				for _, fig := range b.Figures {
					keys = append(keys, fig.Key)
				}
				take(b.ID, []string{"label", report.FigureColumn, "note"}, b.Labels[:], keys)
			case report.Table:
				take(markdownTable(b))
			case report.Chart:
				take(markdownTable(b.Table))
			}
		}
	}
	return f
}

func markdownTable(t report.Table) (id string, columns, labels, keys []string) {
	for _, c := range visible(t) {
		columns, labels = append(columns, c.Key), append(labels, c.Label)
	}
	for _, r := range t.Rows {
		keys = append(keys, r.Key)
	}
	if t.Total != nil {
		keys = append(keys, report.TotalKey)
	}
	return t.ID, columns, labels, keys
}

// cellsOf splits a row of a Markdown table at the bars that are not escaped.
func cellsOf(line string) []string {
	if !strings.HasPrefix(line, "|") || !strings.HasSuffix(line, "|") {
		return nil
	}
	var cells []string
	cell := ""
	inner := line[1:]
	for i := 0; i < len(inner); i++ {
		switch {
		case inner[i] == '\\' && i+1 < len(inner):
			cell += inner[i : i+2]
			i++
		case inner[i] == '|':
			cells, cell = append(cells, strings.TrimSpace(unescaped(cell))), ""
		default:
			cell += inner[i : i+1]
		}
	}
	return cells
}

// unescaped reads a text of Markdown as a reader sees it.
func unescaped(s string) string {
	s = strings.ReplaceAll(s, "<br>", "\n")
	return regexp.MustCompile(`\\([[:punct:]])`).ReplaceAllString(s, "$1")
}
