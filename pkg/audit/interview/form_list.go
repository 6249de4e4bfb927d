package interview

import (
	"slices"
	"strings"

	"charm.land/huh/v2"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

const (
	fewest = 9  // a choice of more is made by typing
	most   = 50 // of what exists is offered; typing brings the rest
)

// choices are the things that one can choose from: all there are, or what is
// like the text in the field.
type choices struct {
	words     lang.Printer
	options   []Option
	many, new bool
	asTyped   bool // nothing is offered before something is typed
	closed    bool // there is no field to type in
	marks     bool // several are marked

	rows   []row
	cursor int  // -1: on none
	moved  bool // the cursor was put where it is by hand
}

// row is one thing to choose: an option, a name to add, "I don't know".
type row struct {
	Option
	act    Act
	add    bool
	marked bool
}

func newChoices(q Prompt, words lang.Printer) *choices {
	c := &choices{words: words, options: q.Options, many: q.Many, new: q.New, asTyped: q.AsTyped}
	c.marks = q.Many && !q.New && len(q.Options) > 0
	c.closed = c.marks || q.Kind == Choice && !q.New && len(q.Options) <= fewest
	if !c.closed {
		c.match("")
		return c
	}
	c.rows = rowsOf(q.Options)
	if q.Unknown {
		c.rows = append(c.rows, row{Option: Option{Text: words.Text("ask_form.unknown", nil)}, act: NotKnown})
	}
	if q.Nothing {
		c.rows = append(c.rows, row{Option: Option{Text: words.Text("ask_form.nothing", nil)}, act: Nothing})
	}
	before := list(q.Old.Text)
	for i := range c.rows {
		r := &c.rows[i]
		r.marked = c.marks && r.act == Answer && slices.ContainsFunc(before, r.is)
	}
	c.cursor = max(0, slices.IndexFunc(c.rows, func(r row) bool {
		return q.Old.Act == r.act && (r.act != Answer || r.marked || r.is(q.Old.Text))
	}))
	return c
}

// chooseFrom is a short list with the cursor on what was chosen before.
func chooseFrom(options []Option, before string) *choices {
	c := &choices{options: options, closed: true, rows: rowsOf(options)}
	c.cursor = max(0, slices.IndexFunc(options, func(o Option) bool { return o.ID == before }))
	return c
}

func rowsOf(options []Option) []row {
	rows := make([]row, len(options))
	for i, o := range options {
		rows[i].Option = o
	}
	return rows
}

// is tells whether a text names the option.
func (o Option) is(text string) bool {
	return text != "" && (o.ID == text || fold(o.Text) == fold(text))
}

// match offers what is like the text, and puts the cursor on the one that the
// walk would understand: an option, or adding a name that is like no other. Where
// the walk would ask back, it is on none.
func (c *choices) match(text string) {
	if c.many {
		_, text = cutLast(text)
	}
	c.moved, c.cursor, c.rows = false, -1, c.like(text)
	if c.asTyped && (fold(text) == "" || len(c.rows) == 0) {
		c.rows = nil
		return
	}
	if fold(text) == "" || c.many || len(c.options) == 0 {
		return
	}
	exact := slices.IndexFunc(c.rows, func(r row) bool { return r.is(text) })
	meant := slices.IndexFunc(c.rows, func(r row) bool { return c.beginsWith(r.Option, text) })
	other := slices.ContainsFunc(c.rows[meant+1:], func(r row) bool { return c.beginsWith(r.Option, text) })
	near := slices.ContainsFunc(c.rows, func(r row) bool { return alike(r.Text, text) || strings.HasPrefix(fold(r.Text), fold(text)) })
	switch {
	case exact >= 0:
		c.cursor = exact
		return
	case c.asTyped: // what somebody does may be called much like what another does
	case meant >= 0 && !other:
		c.cursor = meant
	case c.new && !near:
		c.cursor = len(c.rows)
	case !c.new && len(c.rows) > 0:
		c.cursor = 0
	}
	if c.new {
		name := c.words.Text("ask_form.new", lang.Args{"Name": strings.TrimSpace(strings.TrimPrefix(text, "+"))})
		c.rows = append(c.rows, row{Option: Option{Text: name}, add: true})
	}
}

// beginsWith tells whether a text is the beginning of an option's, in a way that
// can mean nothing else: "invoice" beside "invoice line" may be new.
func (c *choices) beginsWith(o Option, text string) bool {
	rest, ok := strings.CutPrefix(fold(o.Text), fold(text))
	return ok && len(fold(text)) > 1 && !(c.new && strings.HasPrefix(rest, " "))
}

// like lists the options that begin with a text, then those that hold it, then
// those that differ by a slip of the hand.
func (c *choices) like(text string) []row {
	var begin, hold, slip []row
	for _, o := range c.options {
		switch name := fold(o.Text); {
		case strings.HasPrefix(name, fold(text)):
			begin = append(begin, row{Option: o})
		case strings.Contains(name, fold(text)):
			hold = append(hold, row{Option: o})
		case alike(name, text):
			slip = append(slip, row{Option: o})
		}
	}
	all := slices.Concat(begin, hold, slip)
	return all[:min(len(all), most)]
}

// cutLast parts a text at its last comma or semicolon: what is done, and the
// item that is being typed.
func cutLast(text string) (done, item string) {
	i := strings.LastIndexAny(text, ",;") + 1
	done, item = text[:i], strings.TrimSpace(text[i:])
	if done != "" {
		done += " "
	}
	return done, item
}

// text is an answer as a person reads it: the option's words for its id.
func (c *choices) text(answer string) string {
	items := []string{answer}
	if c.many {
		items = list(answer)
	}
	for i, item := range items {
		if at := slices.IndexFunc(c.options, func(o Option) bool { return o.ID == item }); at >= 0 {
			items[i] = c.options[at].Text
		}
	}
	return strings.Join(items, ", ")
}

// at is the row under the cursor.
func (c *choices) at() (row, bool) {
	if c.cursor < 0 || c.cursor >= len(c.rows) {
		return row{}, false
	}
	return c.rows[c.cursor], true
}

// chosen is the id of the option under the cursor.
func (c *choices) chosen() string {
	r, _ := c.at()
	return r.ID
}

// reply is what the list stands for: what is marked, else what the cursor is on.
func (c *choices) reply() Reply {
	r, _ := c.at()
	if r.act != Answer {
		return Reply{Act: r.act}
	}
	var marked []string
	for _, m := range c.rows {
		if m.marked {
			marked = append(marked, m.ID)
		}
	}
	if len(marked) == 0 {
		return Reply{Text: r.ID}
	}
	return Reply{Text: strings.Join(marked, ", ")}
}

// mark marks the option under the cursor, or takes its mark away.
func (c *choices) mark() {
	if r, ok := c.at(); ok && r.act == Answer {
		c.rows[c.cursor].marked = !r.marked
	}
}

// move goes up or down; above the first stands the field, where there is one.
func (c *choices) move(by int) {
	first := -1
	if c.closed {
		first = 0
	}
	c.cursor = min(max(c.cursor+by, first), len(c.rows)-1)
	c.moved = true
}

// jump goes to the next row that begins with a letter.
func (c *choices) jump(letter string) {
	for i := range c.rows {
		at := (c.cursor + 1 + i) % len(c.rows)
		if letter != "" && strings.HasPrefix(fold(c.rows[at].Text), fold(letter)) {
			c.cursor, c.moved = at, true
			return
		}
	}
}

// show draws the rows in so many lines with huh's select, which keeps the cursor
// in sight. It is a new one each time: huh's would write into what it is bound to
// as soon as it is reached.
func (c *choices) show(l look, width, height int, active bool) string {
	if len(c.rows) == 0 {
		return ""
	}
	options := make([]huh.Option[int], len(c.rows))
	for i, r := range c.rows {
		options[i] = huh.NewOption(c.label(r), i)
	}
	at := max(c.cursor, 0)
	styles := l.list(active)
	s := huh.NewSelect[int]()
	s.WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return styles })).WithWidth(width)
	s.Options(options...).Value(&at)
	if c.cursor >= 0 {
		s.Focus()
	}
	s.View() // scrolling needs what was drawn
	lines := strings.Count(s.View(), "\n") + 1
	return s.Height(min(lines, height)).View()
}

func (c *choices) label(r row) string {
	text := printable(r.Text)
	switch {
	case c.marks && r.marked:
		return "[x] " + text
	case c.marks && r.act == Answer:
		return "[ ] " + text
	}
	return text
}
