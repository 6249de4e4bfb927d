package render

import (
	"bytes"
	"io"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// Markdown writes the report in GitHub's Markdown. A picture is a reference to
// the file ID.svg beside it, which it does not write.
func Markdown(w io.Writer, r report.Report) error {
	f, err := figuresOf(r)
	if err != nil {
		return err
	}
	m := markdown{figures: f}
	m.lines("# "+markdownText(r.Meta.Title), "")
	if r.Meta.Printed != "" {
		m.lines(markdownLine(r.Meta.Printed), "")
	}
	for _, s := range r.Sections {
		m.lines("## "+markdownText(s.Title), "")
		for _, b := range s.Blocks {
			m.block(b)
		}
	}
	_, err = w.Write(append(bytes.TrimRight(m.out.Bytes(), "\n"), '\n'))
	return err
}

type markdown struct {
	figures
	out bytes.Buffer
}

func (m *markdown) lines(lines ...string) {
	for _, l := range lines {
		m.out.WriteString(l)
		m.out.WriteByte('\n')
	}
}

func (m *markdown) block(b report.Block) {
	switch b := b.(type) {
	case report.Paragraph:
		if !b.Style.Workbook() {
			m.lines(markdownLine(b.Text), "")
		}
	case report.List:
		m.heading(b.Title)
		for _, item := range b.Items {
			m.lines("- " + markdownLine(item))
		}
		m.lines("")
	case report.Figures:
		m.keyFigures(b)
	case report.Table:
		m.table(b)
	case report.Chart:
		m.table(b.Table)
	case report.Picture:
		m.lines("!["+markdownText(b.Alt)+"]("+b.ID+".svg)", "")
	}
}

func (m *markdown) heading(title string) {
	if title != "" {
		m.lines("### "+markdownText(title), "")
	}
}

func (m *markdown) keyFigures(b report.Figures) {
	m.heading(b.Title)
	m.row(b.Labels[:])
	m.lines("| --- | ---: | --- |")
	for _, f := range b.Figures {
		m.row([]string{f.Label, m.alone(f.Cell), f.Note})
	}
	m.lines("")
}

func (m *markdown) table(t report.Table) {
	m.heading(t.Title)
	if len(t.Rows) == 0 {
		m.lines(markdownLine(t.Empty), "")
		return
	}
	var heads []string
	rule := "|"
	for _, c := range t.Columns {
		if c.Hidden {
			continue
		}
		heads = append(heads, c.Label)
		if aligned(c.Kind) {
			rule += " ---: |"
		} else {
			rule += " --- |"
		}
	}
	m.row(heads)
	m.lines(rule)
	for _, r := range t.Rows {
		m.row(m.cells(t, r))
	}
	if t.Total != nil {
		m.row(m.cells(t, *t.Total))
	}
	m.lines("")
	if t.Note != "" {
		m.lines(markdownLine(t.Note), "")
	}
}

func (m *markdown) cells(t report.Table, r report.Row) []string {
	var cells []string
	for i, c := range r.Cells {
		if !t.Columns[i].Hidden {
			cells = append(cells, m.cell(c))
		}
	}
	return cells
}

func (m *markdown) row(cells []string) {
	m.out.WriteByte('|')
	for _, c := range cells {
		m.out.WriteString(" " + markdownText(c) + " |")
	}
	m.out.WriteByte('\n')
}

// markdownSigns are the letters that mean something within a line of GitHub's
// Markdown.
var markdownSigns = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`,
	"|", `\|`, "~", `\~`, "$", `\$`, "&", `\&`, "#", `\#`, "!", `\!`, "\n", "<br>")

// markdownText makes foreign text harmless inside a line or a cell.
func markdownText(s string) string {
	return markdownSigns.Replace(strings.TrimSpace(clean(s)))
}

// markdownLine makes foreign text harmless as a line of its own, where a first
// letter may begin a list, a rule, a number of one, or a heading's underline.
func markdownLine(s string) string {
	s = markdownText(s)
	if s == "" {
		return s
	}
	if strings.ContainsRune("-+=", rune(s[0])) {
		return `\` + s
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits < len(s) && strings.ContainsRune(".)", rune(s[digits])) {
		return s[:digits] + `\` + s[digits:]
	}
	return s
}
