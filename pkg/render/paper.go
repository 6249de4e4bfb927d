package render

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// paper is a proposal on its way to pages that nobody fills in: as Word shows
// it in our own template, with the same captions and the same numbers of them.
type paper struct {
	figures
	meta     report.Meta
	title    string
	logo     []byte
	brand    brand
	sections []paperSection

	counted map[string]int
}

type paperSection struct {
	id, title string
	lies      bool // on pages that lie, since it would be cramped on those that stand
	items     []paperItem
}

// pictured tells whether one of the section's pictures is no chart of bars.
func (s paperSection) pictured() bool {
	return slices.ContainsFunc(s.items, func(i paperItem) bool { return i.picture != nil && i.picture.ID != "" })
}

// paperItem has one field set but for the caption, which tells what it is.
type paperItem struct {
	heading string
	text    string
	style   paperStyle
	grid    *grid
	picture *report.Picture
	caption string // of a grid or a picture
}

type paperStyle string

const (
	paperBody   paperStyle = "body"
	paperLead   paperStyle = "lead"
	paperNote   paperStyle = "note"
	paperBullet paperStyle = "bullet"
)

// a4 is the page of paper: margins of 2 cm, and more above and below.
var a4 = page4{width: 11906, height: 16838, left: 1134, right: 1134, top: 1304, bottom: 1191}

func newPaper(p Proposal) (*paper, error) {
	f, err := figuresOf(p.Report)
	if err != nil {
		return nil, err
	}
	out := &paper{
		figures: f, meta: p.Report.Meta, title: proposalTitle(f.Printer, p.Report.Meta), logo: p.Logo,
		brand: brandOf(p.Report.Meta.Accent), counted: map[string]int{},
	}
	for _, s := range p.Report.For(p.Audience).Sections {
		section := paperSection{id: s.ID, title: s.Title, lies: f.cramped(s, a4)}
		for _, b := range s.Blocks {
			section.items = append(section.items, out.items(b, out.room(section))...)
		}
		out.sections = append(out.sections, section)
	}
	return out, nil
}

// room is the page that a section stands on.
func (p *paper) room(s paperSection) page4 {
	if s.lies {
		return a4.landscape()
	}
	return a4
}

func (p *paper) items(b report.Block, room page4) []paperItem {
	switch b := b.(type) {
	case report.Paragraph:
		switch {
		case b.Style.Workbook():
			return nil
		case b.Style == report.Lead:
			return []paperItem{{text: b.Text, style: paperLead}}
		case b.Style == report.Note:
			return []paperItem{{text: b.Text, style: paperNote}}
		}
		return []paperItem{{text: b.Text, style: paperBody}}
	case report.List:
		var out []paperItem
		if b.Title != "" {
			out = append(out, paperItem{heading: b.Title})
		}
		for _, item := range b.Items {
			out = append(out, paperItem{text: item, style: paperBullet})
		}
		return out
	case report.Figures:
		g := p.gridOfFigures(b)
		return []paperItem{{grid: &g, caption: p.caption("table", g.title)}}
	case report.Table:
		return p.table(b)
	case report.Chart:
		if len(b.Table.Rows) == 0 {
			return p.table(b.Table)
		}
		bars := p.barsOf(b, float64(room.textWidth())/20, p.brand.dark, p.meta.Language)
		picture := report.Picture{Title: b.Table.Title, Alt: b.Table.Title, Drawing: bars}
		return append([]paperItem{{picture: &picture, caption: p.caption("figure", b.Table.Title)}}, p.table(b.Table)...)
	case report.Picture:
		return []paperItem{{picture: &b, caption: p.caption("figure", b.Title)}}
	}
	return nil
}

func (p *paper) table(t report.Table) []paperItem {
	if len(t.Rows) == 0 {
		empty := paperItem{text: t.Empty, style: paperBody}
		if t.Title == "" {
			return []paperItem{empty}
		}
		return []paperItem{{heading: t.Title}, empty}
	}
	g := p.gridOf(t)
	out := []paperItem{{grid: &g, caption: p.caption("table", t.Title)}}
	if t.Note != "" {
		out = append(out, paperItem{text: t.Note, style: paperNote})
	}
	return out
}

// caption counts a table or a picture and names it.
func (p *paper) caption(kind, title string) string {
	p.counted[kind]++
	text := p.Text("proposal."+kind, nil) + " " + strconv.Itoa(p.counted[kind])
	if title != "" {
		text += ". " + title
	}
	return text
}

// cramped tells whether a section asks for pages that lie.
func (f figures) cramped(s report.Section, page page4) bool {
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case report.Table:
			if f.gridOf(b).cramped(page.textWidth()) {
				return true
			}
		case report.Picture:
			if d := b.Drawing; d.Width > d.Height && d.Width*20 > float64(page.textWidth()) {
				return true
			}
		}
	}
	return false
}

// gridOfFigures is the figures that matter, each with what it rests on.
func (f figures) gridOfFigures(b report.Figures) grid {
	g := grid{
		title:   cmp.Or(b.Title, f.Text("proposal.key_figures", nil)),
		columns: []gridColumn{{label: b.Labels[0]}, {label: b.Labels[1], right: true}, {label: b.Labels[2]}},
	}
	for _, one := range b.Figures {
		g.rows = append(g.rows, []string{one.Label, f.alone(one.Cell), one.Note})
	}
	g.measure()
	return g
}
