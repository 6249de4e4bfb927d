package interview

import (
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// look is how the parts of a page are written.
type look struct {
	heading, question, picked, quiet, wrong, frame lipgloss.Style
}

// plainLook uses no colours: where a terminal does not say what its background
// is, they might not be seen. Bold and reversed writing always are.
func plainLook() look {
	bold := lipgloss.NewStyle().Bold(true)
	plain := lipgloss.NewStyle()
	return look{heading: bold, question: bold, picked: bold, quiet: plain, wrong: bold, frame: plain}
}

// palette is a set of colours: those for writing stand out from the background
// by 4.5 to 1 at least, the frame by 3 to 1.
type palette struct{ accent, quiet, wrong, frame string }

func paletteOn(dark bool) palette {
	if dark {
		return palette{accent: "#7cc4ff", quiet: "#a3adb8", wrong: "#ffa191", frame: "#77828e"}
	}
	return palette{accent: "#00568f", quiet: "#57606a", wrong: "#a8211a", frame: "#7b8591"}
}

// lookOn is the look on a dark or a light background.
func lookOn(dark bool) look {
	c := paletteOn(dark)
	l := plainLook()
	l.heading = l.heading.Foreground(lipgloss.Color(c.accent))
	l.picked = l.picked.Foreground(lipgloss.Color(c.accent))
	l.quiet = l.quiet.Foreground(lipgloss.Color(c.quiet))
	l.wrong = l.wrong.Foreground(lipgloss.Color(c.wrong))
	l.frame = l.frame.Foreground(lipgloss.Color(c.frame))
	return l
}

// field is the look of what one types in: a box, or a bar where room is scarce;
// quiet while the keys do something else.
func (l look) field(apart, active bool) *huh.Styles {
	t := huh.ThemeBase(false)
	color := l.picked.GetForeground()
	if !active {
		color = l.frame.GetForeground()
	}
	base := lipgloss.NewStyle().PaddingLeft(1).BorderForeground(color)
	if apart {
		t.Focused.Base = base.Border(lipgloss.RoundedBorder())
	} else {
		t.Focused.Base = base.Border(lipgloss.ThickBorder(), false, false, false, true)
	}
	t.Blurred = t.Focused
	return t
}

// list is the look of what one chooses from; what the keys do not reach at the
// moment has its choice in ordinary writing.
func (l look) list(active bool) *huh.Styles {
	t := huh.ThemeBase(false)
	t.Focused.Base = lipgloss.NewStyle()
	t.Focused.SelectSelector = l.picked.SetString("> ")
	t.Focused.SelectedOption = l.picked
	t.Focused.UnselectedOption = lipgloss.NewStyle()
	t.Blurred = t.Focused
	t.Blurred.SelectSelector = lipgloss.NewStyle().SetString("  ")
	t.Blurred.SelectedOption = lipgloss.NewStyle()
	if !active {
		t.Focused.SelectSelector = l.quiet.SetString("> ")
		t.Focused.SelectedOption, t.Focused.UnselectedOption = l.quiet, l.quiet
	}
	return t
}
