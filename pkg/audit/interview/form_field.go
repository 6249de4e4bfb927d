package interview

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// longest is how many letters an answer may have.
const longest = 2000

// field is where one types: huh's text field, without huh's keys. Enter would
// have it go on by a message of its own, and what is typed before that message
// comes would land in the field that was left.
type field struct {
	value  string
	styles *huh.Styles
	huh    *huh.Text
}

func newField(text string) *field {
	f := &field{value: text, styles: plainLook().field(false, true)}
	keys := huh.NewDefaultKeyMap()
	keys.Text = huh.TextKeyMap{}
	f.huh = huh.NewText().Value(&f.value).CharLimit(longest).ExternalEditor(false)
	f.huh.WithKeyMap(keys).WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return f.styles }))
	return f
}

func (f *field) focus() tea.Cmd { return f.huh.Focus() }

func (f *field) blur() { f.huh.Blur() }

func (f *field) update(msg tea.Msg) tea.Cmd {
	_, cmd := f.huh.Update(msg)
	return cmd
}

func (f *field) text() string { return f.value }

func (f *field) set(text string) {
	f.value = text
	f.huh.Value(&f.value)
}

// show draws the field with as many lines as its text needs, up to some.
func (f *field) show(styles *huh.Styles, width, lines int) string {
	f.styles = styles
	inner := max(width-styles.Focused.Base.GetHorizontalFrameSize(), 1)
	f.huh.Lines(min(lipgloss.Height(lipgloss.Wrap(f.value+" ", inner, " ")), lines))
	f.huh.WithWidth(width)
	return strings.TrimRight(f.huh.View(), "\n")
}
