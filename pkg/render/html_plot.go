package render

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// plot is a picture of figures: how columns of a table are drawn.
type plot struct {
	form  plotForm
	table report.Table
	x     string   // key of the column that runs from left to right
	y     []string // keys of those that run upwards
}

// plotForm is how a plot draws a row.
type plotForm string

const (
	plotLines plotForm = "lines" // a line a column, through all rows
	plotDots  plotForm = "dots"  // a circle a row, with the row's rank in it
	// The others follow no lever, so that the script leaves them as they are.
	plotSteps plotForm = "steps" // a line that holds its height up to the next row
	plotBand  plotForm = "band"  // a line with an area between the two columns after it
)

// follows tells whether the script draws the plot anew when a lever moves.
func (p plot) follows() bool { return p.form == plotLines || p.form == plotDots }

// plotted is a plot as the template reads it.
type plotted struct {
	ID, Title, Note string
	Form            plotForm
	Table, X, Y     string // as the script finds them
	Follows         bool   // the script draws it anew when a lever moves
	Marks           string // the axes of the picture in which the script marks the plan that is shown: lowest, highest and where they stand, across and then up
	Here            string // what such a mark is
	Legend          []string
	Alt             string
	SVG             template.HTML
}

// plotFor is how a table is drawn above itself, if it is.
func plotFor(t report.Table) (plot, bool) {
	switch t.ID {
	case "months", "choice-months":
		return plot{plotLines, t, "month", []string{"running_total", "running_cash"}}, true
	case "ranking":
		return plot{plotDots, t, "build", []string{"benefit"}}, true
	case "budgets":
		return plot{plotSteps, t, "budget", []string{"npv"}}, true
	case "plan-cash":
		return plot{plotBand, t, "month", []string{"total_expected", "total_low", "total_high"}}, true
	}
	return plot{}, false
}

// plotOf is the plot that belongs above a table, nil if none does.
func (f figures) plotOf(t report.Table) *plotted {
	p, ok := plotFor(t)
	if !ok {
		return nil
	}
	v := plotted{ID: t.ID + "-plot"}
	switch t.ID {
	case "months":
		v.Title = f.Text("page.chart.cash", nil)
	case "choice-months":
		v.Title = f.Text("page.chart.plan_cash", nil)
	case "ranking":
		v.Title, v.Note = f.Text("page.chart.effort", nil), f.Text("page.chart.effort.note", nil)
	case "budgets":
		v.Title, v.Note = f.Text("page.chart.budgets", nil), f.Text("page.chart.budgets.note", nil)
	case "plan-cash":
		v.Title, v.Note = f.Text("page.chart.money", nil), f.Text("page.chart.money.note", nil)
	}
	v.Follows, v.Form, v.Table, v.X, v.Y = p.follows(), p.form, t.ID, p.x, strings.Join(p.y, " ")
	v.Alt = v.Title + ". " + f.Text("page.chart.table", nil)
	for _, key := range p.y {
		if len(p.y) > 1 && p.form == plotLines {
			v.Legend = append(v.Legend, t.Columns[columnAt(t, key)].Label)
		}
	}
	if v.SVG = f.drawn(p); v.SVG == "" {
		return nil
	}
	if p.form == plotSteps {
		across, up := p.axes()
		v.Marks, v.Here = across.String()+" "+up.String(), f.Text("page.chart.here", nil)
	}
	return &v
}

func columnAt(t report.Table, key string) int {
	for j, c := range t.Columns {
		if c.Key == key {
			return j
		}
	}
	return -1
}

// axis maps numbers to hundredths of the plot's width or height.
type axis struct {
	low, high, step float64
	from, to        float64 // where low and high stand
}

// newAxis takes in all values, and zero, and has some four steps of 1, 2 or 5.
func newAxis(values []float64, from, to float64) axis {
	low, high := 0.0, 0.0
	for _, x := range values {
		low, high = min(low, x), max(high, x)
	}
	if high == low {
		high = low + 1
	}
	raw := (high - low) / 4
	step := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, k := range []float64{2, 2.5, 2} { // 2, 5, 10 times
		if step < raw {
			step *= k
		}
	}
	return axis{math.Floor(low/step) * step, math.Ceil(high/step) * step, step, from, to}
}

func (a axis) at(x float64) string {
	return strconv.FormatFloat(a.from+(x-a.low)/(a.high-a.low)*(a.to-a.from), 'f', 2, 64)
}

// String has the ends of the axis and where they stand, as the script reads them.
func (a axis) String() string { return fmt.Sprint(a.low, a.high, a.from, a.to) }

// ticks are the numbers that stand at the axis.
func (a axis) ticks() []float64 {
	var all []float64
	for k := 0.0; k <= math.Round((a.high-a.low)/a.step); k++ {
		all = append(all, a.low+k*a.step)
	}
	return all
}

// values are the numbers of a plot, across and up.
func (p plot) values() (xs, ys []float64) {
	for _, row := range p.table.Rows {
		for _, key := range p.y {
			if x, y := row.Cells[columnAt(p.table, p.x)], row.Cells[columnAt(p.table, key)]; x.Kind.Numeric() && y.Kind.Numeric() {
				xs, ys = append(xs, x.Number), append(ys, y.Number)
			}
		}
	}
	return xs, ys
}

func (p plot) axes() (across, up axis) {
	xs, ys := p.values()
	return newAxis(xs, 3, 97), newAxis(ys, 88, 9)
}

// drawn is the inside of the plot's SVG. It has no coordinates but hundredths,
// so that its texts keep their size however wide the page is. report.js draws
// the same when a lever moves; a test compares the two.
func (f figures) drawn(p plot) template.HTML {
	if xs, _ := p.values(); len(xs) == 0 {
		return ""
	}
	t, jx := p.table, columnAt(p.table, p.x)
	across, up := p.axes()
	var s strings.Builder
	f.frame(&s, across, up, t.Columns[jx].Kind, t.Columns[columnAt(t, p.y[0])].Kind)
	switch p.form {
	case plotDots:
		f.dots(&s, p, across, up)
	case plotSteps:
		stairs(&s, p, across, up)
	case plotBand:
		band(&s, p, across, up)
	case plotLines:
		lines(&s, p, across, up)
	}
	return template.HTML(s.String())
}

// frame draws the lines and numbers behind the figures.
func (f figures) frame(s *strings.Builder, across, up axis, xKind, yKind report.Kind) {
	for _, y := range up.ticks() {
		class := "grid"
		if y == 0 {
			class = "grid zero"
		}
		at := up.at(y)
		put(s, `<line class="`, class, `" x1="0" x2="100%" y1="`, at, `%" y2="`, at, `%"></line>`,
			`<text x="0" y="`, at, `%" dy="-4">`, template.HTMLEscapeString(f.cell(report.Known(yKind, y))), `</text>`)
	}
	for _, x := range across.ticks() {
		put(s, `<text class="under" x="`, across.at(x), `%" y="98%">`, template.HTMLEscapeString(f.cell(report.Known(xKind, x))), `</text>`)
	}
}

// places are a column's values as hundredths, from row to row.
func places(p plot, key string, across, up axis) (xs, ys []string) {
	for _, row := range p.table.Rows {
		x, y := row.Cells[columnAt(p.table, p.x)], row.Cells[columnAt(p.table, key)]
		if x.Kind.Numeric() && y.Kind.Numeric() {
			xs, ys = append(xs, across.at(x.Number)), append(ys, up.at(y.Number))
		}
	}
	return xs, ys
}

// scaled opens the drawing within the plot whose hundredths stretch with it.
const scaled = `<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">`

// stairs draws what a budget brings: no more than before until the next row.
func stairs(s *strings.Builder, p plot, across, up axis) {
	xs, ys := places(p, p.y[0], across, up)
	put(s, scaled, `<path class="line line-0" d="M`, xs[0], " ", ys[0])
	for i := 1; i < len(xs); i++ {
		put(s, "H", xs[i], "V", ys[i])
	}
	put(s, `"></path></svg>`)
	corner := columnAt(p.table, "corner")
	for i, row := range p.table.Rows {
		if corner >= 0 && row.Cells[corner].Text != "" {
			put(s, `<circle class="corner" cx="`, xs[i], `%" cy="`, ys[i], `%" r="5"></circle>`)
		}
	}
}

// band draws a line, and behind it the area between the two columns after it.
func band(s *strings.Builder, p plot, across, up axis) {
	point := func(xs, ys []string, i int) string { return xs[i] + " " + ys[i] }
	put(s, scaled)
	lowX, lowY := places(p, p.y[1], across, up)
	highX, highY := places(p, p.y[2], across, up)
	var d []string
	for i := range lowX {
		d = append(d, point(lowX, lowY, i))
	}
	for i := len(highX) - 1; i >= 0; i-- {
		d = append(d, point(highX, highY, i))
	}
	put(s, `<path class="band" d="M`, strings.Join(d, "L"), `Z"></path>`)
	xs, ys := places(p, p.y[0], across, up)
	d = d[:0]
	for i := range xs {
		d = append(d, point(xs, ys, i))
	}
	put(s, `<path class="line line-0" d="M`, strings.Join(d, "L"), `"></path></svg>`)
}

func lines(s *strings.Builder, p plot, across, up axis) {
	put(s, `<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">`)
	for i, key := range p.y {
		var d []string
		for _, row := range p.table.Rows {
			x, y := row.Cells[columnAt(p.table, p.x)], row.Cells[columnAt(p.table, key)]
			if x.Kind.Numeric() && y.Kind.Numeric() {
				d = append(d, across.at(x.Number)+" "+up.at(y.Number))
			}
		}
		put(s, `<path class="line line-`, strconv.Itoa(i), `" d="M`, strings.Join(d, "L"), `"></path>`)
	}
	put(s, `</svg>`)
}

func (f figures) dots(s *strings.Builder, p plot, across, up axis) {
	t := p.table
	name, rank := 0, columnAt(t, "rank")
	for name < len(t.Columns)-1 && t.Columns[name].Kind != report.Text {
		name++
	}
	for i := len(t.Rows) - 1; i >= 0; i-- { // the first lie on top
		row := t.Rows[i]
		x, y := row.Cells[columnAt(t, p.x)], row.Cells[columnAt(t, p.y[0])]
		if !x.Kind.Numeric() || !y.Kind.Numeric() {
			continue
		}
		place := strconv.Itoa(i + 1)
		if rank >= 0 {
			place = f.cell(row.Cells[rank])
		}
		cx, cy := across.at(x.Number), up.at(y.Number)
		put(s, `<g class="dot"><title>`, template.HTMLEscapeString(clean(row.Cells[name].Text)), `</title><circle cx="`, cx, `%" cy="`, cy, `%" r="11"></circle><text x="`,
			cx, `%" y="`, cy, `%" dy="4">`, template.HTMLEscapeString(place), `</text></g>`)
	}
}

func put(s *strings.Builder, parts ...string) {
	for _, part := range parts {
		s.WriteString(part)
	}
}
