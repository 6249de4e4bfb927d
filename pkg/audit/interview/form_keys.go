package interview

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// key does what a key means on this page.
func (p *page) key(msg tea.KeyPressMsg) tea.Cmd {
	k := msg.String()
	switch {
	case k == "ctrl+c":
		p.leave()
		return nil
	case !p.open:
		p.ahead.key(msg)
		return nil
	case k == "pgdown", k == "pgup":
		p.page(k == "pgdown")
		return nil
	case p.reading():
		p.readingKey(k)
		return nil
	}
	p.paged = false
	switch k {
	case "esc", "ctrl+b", "shift+tab":
		return p.back()
	case "ctrl+n":
		p.unknown()
	case "ctrl+o":
		if p.q.Nothing {
			p.give(Reply{Act: Nothing})
		}
	case "enter":
		return p.enter()
	case "up", "down":
		return p.move(msg)
	case "tab":
		return p.tab()
	default:
		return p.letter(msg)
	}
	return nil
}

// readingKey is a key on a page that holds only what is told.
func (p *page) readingKey(k string) {
	switch k {
	case "enter", "space":
		p.note, p.top, p.paged = "", 0, false
	case "esc", "ctrl+b":
		p.back()
	case "up", "down":
		p.page(k == "down")
	}
}

// back goes one step back: from how a number is known to the number, else to the
// question before. It asks nothing of what stands in the field.
func (p *page) back() tea.Cmd {
	switch {
	case p.onBases:
		p.onBases, p.refused = false, ""
		return p.refocus()
	case p.q.Back:
		p.give(Reply{Act: Back})
	default:
		p.refused = p.words.Text("ask_form.first", nil)
	}
	return nil
}

// unknown says that one does not know; of a number that is given, how one knows
// it: it is guessed.
func (p *page) unknown() {
	switch r, _ := p.answer(); {
	case p.onBases && slices.ContainsFunc(p.q.Bases, func(o Option) bool { return o.ID == guessed }):
		r.Basis = guessed
		p.give(r)
	case p.q.Unknown && !p.onBases:
		p.give(Reply{Act: NotKnown})
	}
}

// enter goes on with what stands on the page, if it can be taken.
func (p *page) enter() tea.Cmd {
	r, complete := p.answer()
	switch {
	case !complete:
		return nil
	case r.Act != Answer:
		p.give(r)
		return nil
	}
	if p.bases != nil {
		r.Basis = p.bases.chosen()
	}
	if p.q.Check != nil {
		if err := p.q.Check(r); err != nil {
			p.refused, p.onBases = err.Error(), false
			return p.refocus()
		}
	}
	if p.bases != nil && !p.onBases {
		p.onBases, p.refused = true, ""
		p.field.blur()
		return nil
	}
	p.give(r)
	return nil
}

func (p *page) refocus() tea.Cmd {
	if p.field == nil {
		return nil
	}
	return p.field.focus()
}

// answer is what Enter stands for; not complete where it only completes a word.
func (p *page) answer() (r Reply, complete bool) {
	if p.field == nil {
		return p.list.reply(), true
	}
	text := strings.TrimSpace(p.field.text())
	option, on := p.list.at()
	act, says := p.says(text)
	switch {
	case says:
		return Reply{Act: act}, true
	case p.q.Many && on:
		p.complete(option)
		return Reply{}, false
	case p.q.Many:
		return p.orOld(strings.TrimRight(text, ",; ")), true
	case on && option.add && p.list.moved:
		return Reply{Text: "+" + text}, true // sure that it is new, though another be like it
	case on && option.add:
		return Reply{Text: text}, true
	case on:
		return Reply{Text: option.ID}, true
	}
	return p.orOld(text), true
}

// says tells whether the text says that one does not know, or that there is
// nothing, with the signs and words that lines take, too.
func (p *page) says(text string) (Act, bool) {
	for _, way := range []struct {
		sign, words string
		act         Act
		allowed     bool
	}{{"?", "ask.unknown.words", NotKnown, p.q.Unknown}, {"-", "ask.nothing.words", Nothing, p.q.Nothing}} {
		words := strings.Split(p.words.Text(way.words, nil), ";")
		word := slices.ContainsFunc(words, func(w string) bool { return fold(w) == fold(text) }) &&
			!slices.ContainsFunc(p.q.Options, func(o Option) bool { return o.is(text) })
		if way.allowed && (text == way.sign || word) {
			return way.act, true
		}
	}
	return Answer, false
}

// orOld is the text, or where there is none the old answer, which stands beside
// the field.
func (p *page) orOld(text string) Reply {
	if text == "" && p.hasOld() {
		return p.q.Old
	}
	return Reply{Text: text}
}

// hasOld tells whether Enter on an empty field keeps an old answer.
func (p *page) hasOld() bool {
	return p.q.Refused == "" && (p.q.Old.Act != Answer || p.q.Old.Text != "")
}

// move goes up and down: among the things to choose, or in a long text.
func (p *page) move(msg tea.KeyPressMsg) tea.Cmd {
	by := 1
	if msg.String() == "up" {
		by = -1
	}
	switch {
	case p.onBases:
		p.bases.move(by)
	case len(p.list.rows) > 0:
		p.list.move(by)
	case p.field != nil:
		return p.field.update(msg)
	}
	return nil
}

// tab completes the word with what is chosen, or goes to how a number is known.
func (p *page) tab() tea.Cmd {
	option, on := p.list.at()
	if !on && len(p.list.rows) > 0 {
		option, on = p.list.rows[0], true
	}
	switch {
	case p.field == nil || p.onBases:
	case p.bases != nil:
		return p.enter()
	case on && !option.add:
		p.complete(option)
	}
	return nil
}

// complete puts an option in the place of the word that is being typed.
func (p *page) complete(o row) {
	text := o.Text
	if p.q.Many {
		done, _ := cutLast(p.field.text())
		text = done + o.Text + ", "
	}
	p.field.set(text)
	p.list.match(text)
	p.refused = ""
}

// letter is a key that writes, or moves within what is written.
func (p *page) letter(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.onBases:
		p.bases.jump(msg.Text)
		return nil
	case p.field == nil && msg.String() == "space" && p.list.marks:
		p.list.mark()
		return nil
	case p.field == nil:
		p.list.jump(msg.Text)
		return nil
	}
	if msg.Text == "" && !edits(msg.String()) {
		return nil
	}
	return p.typed(msg)
}

// edits tells whether a key that writes nothing changes or moves within a text.
func edits(k string) bool {
	switch k {
	case "left", "right", "home", "end", "backspace", "delete", "ctrl+h", "ctrl+a", "ctrl+e", "ctrl+w", "ctrl+u", "ctrl+k",
		"alt+left", "alt+right", "alt+backspace":
		return true
	}
	return false
}

// typed gives the field what was typed or pasted.
func (p *page) typed(msg tea.Msg) tea.Cmd {
	before := p.field.text()
	cmd := p.field.update(msg)
	if p.field.text() != before {
		p.list.match(p.field.text())
		p.refused = ""
	}
	return cmd
}
