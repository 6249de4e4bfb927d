package interview

import (
	"cmp"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// page is what stands on the screen: one question, and where its answer has got
// to. Each message changes it at once and as a whole, so that a key can reach no
// other question than the one on the screen.
type page struct {
	words         lang.Printer
	reply         func(Reply)
	look          look
	width, height int

	q       Prompt
	open    bool // a question waits for its reply
	left    bool // whoever it is has left, and every further question hears so
	note    string
	field   *field // nil where one can only choose
	list    *choices
	bases   *choices
	onBases bool   // the number is there, and how it is known is asked
	refused string // why the text cannot be taken

	ahead  typedAhead
	drafts map[string]string // what was typed into a question and left by going back
	top    int               // the first line of the page that is shown
	paged  bool              // top was chosen by a person
}

// How a number is known, where nobody has said it and where nobody knows.
const (
	estimated = "estimated"
	guessed   = "guessed"
)

// asked is a question to show, and what to tell before it.
type asked struct {
	q    Prompt
	note string
}

// typedAhead is what was typed between a reply and the next question. It is put
// into that question's field for the person to see; an Enter that came before
// the question is no answer to it, and ends what is kept.
type typedAhead struct {
	text string
	done bool
}

func newPage(words lang.Printer, reply func(Reply)) *page {
	return &page{words: words, reply: reply, look: plainLook(), drafts: map[string]string{}}
}

// Init asks the terminal for its background: until it answers, no colours.
func (p *page) Init() tea.Cmd { return tea.RequestBackgroundColor }

// Update takes one message.
func (p *page) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height, p.paged = msg.Width, msg.Height, false
	case tea.BackgroundColorMsg:
		p.look = lookOn(msg.IsDark())
	case asked:
		return p, p.ask(msg)
	case tea.PasteMsg:
		return p, p.paste(msg.Content)
	case tea.KeyPressMsg:
		return p, p.key(msg)
	default:
		if p.field != nil {
			return p, p.field.update(msg)
		}
	}
	return p, nil
}

// ask puts a question on the page.
func (p *page) ask(a asked) tea.Cmd {
	ahead := p.ahead
	p.ahead = typedAhead{}
	if p.left {
		p.reply(Reply{Act: Leave})
		return nil
	}
	p.q, p.note, p.refused = a.q, a.note, a.q.Refused
	p.open, p.onBases, p.top, p.paged = true, false, 0, false
	p.field, p.bases = nil, nil
	p.list = newChoices(p.q, p.words)
	if len(p.q.Bases) > 0 {
		p.bases = chooseFrom(p.q.Bases, cmp.Or(p.q.Old.Basis, estimated))
	}
	if p.list.closed {
		return nil
	}
	text := p.before()
	if ahead.text != "" && p.q.Refused == "" {
		text = ahead.text
	}
	p.field = newField(text)
	p.list.match(text)
	return p.field.focus()
}

// before is what the field holds at first: words to go on with, or a text to put
// right. Another old answer stands beside the empty field, so that typing
// replaces it.
func (p *page) before() string {
	old := p.q.Old
	draft, left := p.drafts[p.q.Key]
	switch {
	case p.q.Refused != "" && old.Act == Answer:
		return p.list.text(strings.TrimPrefix(old.Text, "+"))
	case left:
		return draft
	case old.Act != Answer, p.q.Suggested:
		return ""
	}
	switch p.q.Kind {
	case Text, Texts, Names, Problem:
		return p.list.text(old.Text)
	case Choice, Number, Rate, Share, Money, System, Entity, Role:
	}
	return ""
}

// give hands the reply over. From here on, keys are kept for the next question.
func (p *page) give(r Reply) {
	delete(p.drafts, p.q.Key)
	if r.Act == Back && p.field != nil && p.field.text() != "" && p.q.Old == (Reply{}) {
		p.drafts[p.q.Key] = p.field.text()
	}
	p.open = false
	p.reply(r)
}

// leave ends at once, or with the next question where none is open.
func (p *page) leave() {
	p.left = true
	if p.open {
		p.open = false
		p.reply(Reply{Act: Leave})
	}
}

// paste takes a text of any number of lines as one answer. Lines become items
// where several may be given.
func (p *page) paste(text string) tea.Cmd {
	between := " "
	if p.q.Many {
		between = ", "
	}
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, line := range lines {
		lines[i] = clean(line)
	}
	text = strings.Join(lines, between)
	switch {
	case !p.open:
		p.ahead.add(text)
		return nil
	case p.field == nil || p.onBases || p.reading():
		return nil
	}
	if room := longest - len([]rune(p.field.text())); len([]rune(text)) > room {
		text = string([]rune(text)[:max(room, 0)])
		defer func() { p.refused = p.words.Text("ask_form.cut", nil) }()
	}
	return p.typed(tea.PasteMsg{Content: text})
}

func (a *typedAhead) add(text string) {
	if !a.done {
		a.text += text
	}
}

func (a *typedAhead) key(msg tea.KeyPressMsg) {
	switch k := msg.String(); {
	case k == "enter":
		a.done = true
	case k == "backspace" && a.text != "" && !a.done:
		letters := []rune(a.text)
		a.text = string(letters[:len(letters)-1])
	default:
		a.add(msg.Text)
	}
}

// printable is a text that a terminal may be given: what would steer it is shown
// as a box, and so are the marks that turn the direction of writing.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return '\ufffd'
		}
		return r
	}, s)
}
