package intake

import (
	"bytes"
	"encoding/xml"
	"math"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// readWorkbook reads a workbook's form, after a look at all that it holds.
func readWorkbook(name string, src []byte, names headingIndex) (grid, hidden, error) {
	parts, err := unpack(name, src)
	if err != nil {
		return grid{}, hidden{}, err
	}
	if err := checkSheets(name, parts, ofForm); err != nil {
		return grid{}, hidden{}, err
	}
	damaged := &RefusedError{name, "the workbook cannot be read as an Excel workbook", "open it in Excel and save it as .xlsx"}
	w, ok := index(parts)
	if !ok {
		return grid{}, hidden{}, damaged
	}
	limits := excelize.Options{UnzipSizeLimit: 2 * mostUnpacked, UnzipXMLSizeLimit: 2 * mostUnpacked, RawCellValue: true}
	if w.file, err = excelize.OpenReader(bytes.NewReader(src), limits); err != nil {
		return grid{}, hidden{}, damaged
	}
	defer w.file.Close() // read only: nothing to lose
	h := w.hidden()
	for _, s := range w.sheets {
		if s.hidden {
			continue
		}
		if s.outline.rows > mostRows {
			return grid{}, hidden{}, largeSheet(name)
		}
		g, err := w.grid(s)
		if err != nil {
			return grid{}, hidden{}, damaged
		}
		if g.find(names) {
			return g, h, nil
		}
	}
	return grid{}, hidden{}, noHeader(name)
}

// workbook is what of a workbook is read besides its texts.
type workbook struct {
	file    *excelize.File
	sheets  []sheet
	formats []format // of cells, by their style
	from    time.Time
}

type sheet struct {
	name    string
	hidden  bool
	outline outline
}

// format tells what a number is written as.
type format uint8

const (
	plain format = iota
	percent
	date
)

// index finds the sheets of a workbook, and how numbers are written.
func index(parts []part) (workbook, bool) {
	var list struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if !decode(parts, "xl/workbook.xml", &list) || !decode(parts, "xl/_rels/workbook.xml.rels", &links) {
		return workbook{}, false
	}
	w := workbook{from: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC), formats: formats(parts)}
	if list.Properties.Date1904 == "1" || list.Properties.Date1904 == "true" {
		w.from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	for _, s := range list.Sheets {
		for _, l := range links.Links {
			if p, found := partNamed(parts, target(l.Target)); l.ID == s.ID && found {
				w.sheets = append(w.sheets, sheet{s.Name, s.State == "hidden" || s.State == "veryHidden", p.outline})
				break
			}
		}
	}
	return w, true
}

// target is where a relationship of the workbook leads.
func target(t string) string {
	if strings.HasPrefix(t, "/") {
		return strings.ToLower(strings.TrimPrefix(t, "/"))
	}
	return strings.ToLower(path.Join("xl", t))
}

func partNamed(parts []part, name string) (part, bool) {
	for _, p := range parts {
		if p.name == name {
			return p, true
		}
	}
	return part{}, false
}

func decode(parts []part, name string, v any) bool {
	p, ok := partNamed(parts, name)
	return ok && xml.Unmarshal(p.text, v) == nil
}

// formats tells for each style of cells how it writes a number.
func formats(parts []part) []format {
	var styles struct {
		Custom []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if !decode(parts, "xl/styles.xml", &styles) {
		return nil
	}
	codes := make(map[int]string, len(styles.Custom))
	for _, c := range styles.Custom {
		codes[c.ID] = c.Code
	}
	all := make([]format, len(styles.Cells))
	for i, c := range styles.Cells {
		all[i] = formatOf(c.ID, codes[c.ID])
	}
	return all
}

// formatOf knows the formats that every workbook has by their number, those of
// East Asian calendars too, and others by their code.
func formatOf(id int, code string) format {
	switch {
	case id == 9 || id == 10:
		return percent
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return date
	}
	return formatIn(code)
}

// formatIn reads a format's code, without what stands in quotes and brackets.
func formatIn(code string) format {
	inside := rune(0) // what ends the part that says nothing
	for _, r := range strings.ToLower(code) {
		switch {
		case inside != 0:
			if r == inside {
				inside = 0
			}
		case r == '"':
			inside = '"'
		case r == '[':
			inside = ']'
		case r == '%':
			return percent
		case strings.ContainsRune("dmyh", r):
			return date
		}
	}
	return plain
}

// grid reads the cells of a sheet that hold something.
func (w workbook) grid(s sheet) (grid, error) {
	g := grid{sheet: s.name}
	for _, m := range s.outline.merged {
		if first, last, ok := span(m); ok {
			g.merged = append(g.merged, block{m, first, last})
		}
	}
	for _, at := range s.outline.cells {
		c, err := w.cell(s, at)
		if err != nil {
			return grid{}, err
		}
		if g.put(c); g.letters > mostText {
			break // find looks at this
		}
	}
	return g, nil
}

func (w workbook) cell(s sheet, at spot) (cell, error) {
	c := cell{row: at.row, column: at.column}
	if at.formula {
		c.kind = formula
		return c, nil
	}
	raw, err := w.file.GetCellValue(s.name, cellName(at.column, at.row))
	if err != nil {
		return c, err
	}
	c.set(raw)
	switch at.kind {
	case "e":
		c.kind = broken
	case "", "n":
		w.number(&c, at.style)
	}
	return c, nil
}

// number reads what a cell holds as a number, and how it shows it.
func (w workbook) number(c *cell, style int) {
	x, err := strconv.ParseFloat(c.text, 64)
	if c.text == "" || err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return
	}
	c.kind, c.number = number, x
	c.text = tidyNumber(x)
	if style < 0 || style >= len(w.formats) {
		return
	}
	switch w.formats[style] {
	case percent:
		c.number *= 100
	case date:
		c.kind = day
		if x >= 1 && x < 2958466 { // the year 10000
			c.text = w.from.AddDate(0, 0, int(x)).Format(time.DateOnly)
		}
	case plain:
	}
}

// hidden is what a form carries that nobody sees.
type hidden struct {
	id      string // of the form; empty if this is none of ours
	version int
	given   map[given]string
}

// given names a cell that came pre-filled.
type given struct{ row, column string }

// The hidden sheets of a form.
const (
	dataSheet = "flowmap"
	listSheet = "flowmap-lists"
)

func (w workbook) hidden() hidden {
	h := hidden{given: map[given]string{}}
	for _, s := range w.sheets {
		if s.name != dataSheet || !s.hidden {
			continue
		}
		g, err := w.grid(s)
		if err != nil {
			return h
		}
		for _, l := range g.lines {
			first, second, third := l.at(1).text, l.at(2).text, l.at(3).text
			switch first {
			case "form":
				h.id = slug(second)
			case "version":
				h.version, _ = strconv.Atoi(second) // 0 is older than any
			case "given":
				h.given[given{second, third}] = l.at(4).text
			}
		}
	}
	return h
}
