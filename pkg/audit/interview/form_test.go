package interview

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// sitting is a page with a person before it, and what the walk hears.
type sitting struct {
	*page
	t     *testing.T
	heard []Reply
}

func sit(t *testing.T, language string, width, height int) *sitting {
	t.Helper()
	words, err := lang.New(language)
	if err != nil {
		t.Fatal(err)
	}
	s := &sitting{t: t}
	s.page = newPage(words, func(r Reply) { s.heard = append(s.heard, r) })
	s.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

func (s *sitting) asks(q Prompt) { s.Update(asked{q: q}) }

// types gives keys by name and, where it is none, letter by letter.
func (s *sitting) types(keys ...string) {
	named := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
		"backspace": {Code: tea.KeyBackspace}, "space": {Code: tea.KeySpace, Text: " "}, "pgdown": {Code: tea.KeyPgDown}, "pgup": {Code: tea.KeyPgUp},
		"ctrl+b": {Code: 'b', Mod: tea.ModCtrl}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+n": {Code: 'n', Mod: tea.ModCtrl},
		"ctrl+o": {Code: 'o', Mod: tea.ModCtrl}, "ctrl+j": {Code: 'j', Mod: tea.ModCtrl},
	}
	for _, k := range keys {
		if msg, ok := named[k]; ok {
			s.Update(msg)
			continue
		}
		for _, r := range k {
			s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

// lines are what the screen shows, without colours.
func (s *sitting) lines() []string { return strings.Split(ansi.Strip(s.screen()), "\n") }

func (s *sitting) shows(text string) bool {
	return strings.Contains(strings.Join(s.lines(), "\n"), text)
}

// wants compares what the walk has heard.
func (s *sitting) wants(replies ...Reply) {
	s.t.Helper()
	if !slices.Equal(s.heard, replies) {
		s.t.Errorf("the walk heard %+v, want %+v\n%s", s.heard, replies, strings.Join(s.lines(), "\n"))
	}
}

func number(r Reply) error {
	if strings.Trim(r.Text, "0123456789") != "" || r.Text == "" {
		return errors.New("not a number: " + r.Text)
	}
	return nil
}

func minutes() Prompt {
	return Prompt{Key: "web.minutes", Heading: "Sales · Web orders", Text: "How many minutes does it take each time?", Kind: Number,
		Bases: []Option{{"measured", "measured"}, {"counted", "counted"}, {"estimated", "estimated"}, {"guessed", "guessed"}},
		Back:  true, Unknown: true, Check: number}
}

func system() Prompt {
	return Prompt{Key: "web.to", Heading: "Sales", Text: "Where does it go?", Kind: System, New: true, Unknown: true, Back: true,
		Options: []Option{{"erp", "Holded"}, {"stock", "Almacén"}, {"sheet", "Hoja de reparto"}}}
}

func how() Prompt {
	return Prompt{Key: "web.how", Text: "How does it get there?", Kind: Choice, Unknown: true, Back: true,
		Options: []Option{{"typed", "somebody types it"}, {"file", "by a file"}, {"auto", "by itself"}}}
}

func TestANumberAndHowItIsKnownStandOnOnePage(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(minutes())
	if !s.shows("How many minutes") || !s.shows("counted") {
		t.Errorf("the page lacks the number or how it is known:\n%s", strings.Join(s.lines(), "\n"))
	}
	s.types("12", "enter")
	s.wants() // not yet: how is it known?
	s.types("up", "enter")
	s.wants(Reply{Text: "12", Basis: "counted"}) // one above estimated, the default
}

func TestBackLeavesAnInvalidAnswer(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(minutes())
	s.types("twelve", "enter")
	s.wants()
	if !s.shows("not a number: twelve") {
		t.Error("the refusal is not shown")
	}
	s.types("ctrl+b")
	s.wants(Reply{Act: Back})
	s.asks(system())
	s.types("esc")
	s.wants(Reply{Act: Back}, Reply{Act: Back})
}

func TestBackFromHowItIsKnownGoesToTheNumber(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(minutes())
	s.types("12", "enter", "esc", "5", "enter", "enter")
	s.wants(Reply{Text: "125", Basis: "estimated"})
}

func TestThereIsNothingBeforeTheFirstQuestion(t *testing.T) {
	s := sit(t, "es", 80, 24)
	q := how()
	q.Back = false
	s.asks(q)
	s.types("esc")
	s.wants()
	if !s.shows("Esta es la primera pregunta.") || s.shows("atrás") {
		t.Errorf("the first page says nothing of it, or offers to go back:\n%s", strings.Join(s.lines(), "\n"))
	}
}

func TestWhatWasTypedIsThereAgainAfterGoingBackAndOn(t *testing.T) {
	s := sit(t, "en", 80, 24)
	q := Prompt{Key: "a", Text: "What goes wrong?", Kind: Text, Back: true}
	s.asks(q)
	s.types("the price of", "esc")
	s.asks(how())
	s.types("enter")
	s.asks(q)
	s.types(" freight", "enter")
	s.wants(Reply{Act: Back}, Reply{Text: "typed"}, Reply{Text: "the price of freight"})
}

func TestTheOldAnswerIsTheDefault(t *testing.T) {
	tests := map[string]struct {
		q    Prompt
		old  Reply
		keys []string
		want Reply
	}{
		"a number is kept with its basis":    {minutes(), Reply{Text: "12", Basis: "measured"}, []string{"enter"}, Reply{Text: "12", Basis: "measured"}},
		"typing replaces a number":           {minutes(), Reply{Text: "12", Basis: "measured"}, []string{"9", "enter"}, Reply{Text: "9", Basis: "measured"}},
		"words are there to go on with":      {Prompt{Key: "a", Kind: Text}, Reply{Text: "late"}, []string{"r", "enter"}, Reply{Text: "later"}},
		"a choice has the cursor":            {how(), Reply{Text: "file"}, []string{"enter"}, Reply{Text: "file"}},
		"a system":                           {system(), Reply{Text: "stock"}, []string{"enter"}, Reply{Text: "stock"}},
		"not knowing":                        {minutes(), Reply{Act: NotKnown}, []string{"enter"}, Reply{Act: NotKnown}},
		"not knowing, where one can choose":  {how(), Reply{Act: NotKnown}, []string{"enter"}, Reply{Act: NotKnown}},
		"nothing":                            {Prompt{Key: "a", Kind: Text, Nothing: true}, Reply{Act: Nothing}, []string{"enter"}, Reply{Act: Nothing}},
		"a new answer, where it was unknown": {minutes(), Reply{Act: NotKnown}, []string{"3", "enter"}, Reply{Text: "3", Basis: "estimated"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := sit(t, "en", 80, 24)
			test.q.Old = test.old
			s.asks(test.q)
			if s.types(test.keys...); s.onBases {
				s.types("enter")
			}
			s.wants(test.want)
		})
	}
}

func TestOneKeySaysThatOneDoesNotKnow(t *testing.T) {
	for _, q := range []Prompt{minutes(), system(), how()} {
		s := sit(t, "en", 80, 24)
		s.asks(q)
		if !s.shows("Ctrl+N I don't know") {
			t.Errorf("%s: the key is not shown", q.Key)
		}
		s.types("ctrl+n")
		s.wants(Reply{Act: NotKnown})
	}
}

func TestAKeyThatMeansNothingHereDoesNothing(t *testing.T) {
	s := sit(t, "en", 80, 24)
	q := minutes()
	q.Unknown = false
	s.asks(q)
	s.types("ctrl+n", "ctrl+o", "ctrl+j")
	s.wants()
	if s.shows("Ctrl+N") || s.shows("Ctrl+O") || s.field.text() != "" {
		t.Error("a key that does nothing is shown, or has written something")
	}
}

func TestWordsForNotKnowingAndNothingAreUnderstoodAsInLines(t *testing.T) {
	for text, want := range map[string]Reply{"no lo se": {Act: NotKnown}, "?": {Act: NotKnown}, "Nada": {Act: Nothing}, "-": {Act: Nothing}, "nadie sabe": {Text: "nadie sabe"}} {
		s := sit(t, "es", 80, 24)
		s.asks(Prompt{Key: "a", Kind: Text, Unknown: true, Nothing: true})
		s.types(text, "enter")
		s.wants(want)
	}
}

// Whoever does not know how a number is known has guessed it, as in lines.
func TestNotKnowingHowANumberIsKnownIsAGuess(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(minutes())
	s.types("12", "enter", "ctrl+n")
	s.wants(Reply{Text: "12", Basis: "guessed"})
}

func TestSystemsAreOfferedAsOneTypes(t *testing.T) {
	tests := []struct {
		keys []string
		want Reply
	}{
		{[]string{"holded", "enter"}, Reply{Text: "erp"}},
		{[]string{"ALMACEN", "enter"}, Reply{Text: "stock"}}, // neither accents nor capitals matter
		{[]string{"alm", "enter"}, Reply{Text: "stock"}},
		{[]string{"reparto", "up", "enter"}, Reply{Text: "sheet"}},
		{[]string{"down", "down", "enter"}, Reply{Text: "stock"}},
		{[]string{"Shopify", "enter"}, Reply{Text: "Shopify"}},
		{[]string{"Hoja", "enter"}, Reply{Text: "Hoja"}},                                  // the walk asks whether it is another sheet
		{[]string{"Hoja", "down", "down", "enter"}, Reply{Text: "+Hoja"}},                 // it is
		{[]string{"Holdet", "down", "enter"}, Reply{Text: "erp"}},                         // a slip of the hand
		{[]string{"alm", "down", "enter"}, Reply{Text: "+alm"}},                           // the second row adds it
		{[]string{"alm", "tab", "backspace", "backspace", "enter"}, Reply{Text: "stock"}}, // completed, and still found
	}
	for _, test := range tests {
		s := sit(t, "en", 80, 24)
		s.asks(system())
		s.types(test.keys...)
		s.wants(test.want)
	}
}

func TestNamesAreCompletedOneByOne(t *testing.T) {
	s := sit(t, "es", 80, 24)
	s.asks(Prompt{Key: "people", Kind: Names, Many: true, New: true, Options: []Option{{"José Pérez", "José Pérez"}, {"Ana", "Ana"}}})
	s.types("jose", "tab", "Lola", "enter")
	s.wants(Reply{Text: "José Pérez, Lola"})
}

func TestSeveralAreMarked(t *testing.T) {
	q := Prompt{Key: "ways", Kind: Texts, Many: true, Unknown: true, Options: []Option{{"api", "an API"}, {"file", "files"}, {"email", "email"}}}
	s := sit(t, "en", 80, 24)
	s.asks(q)
	s.types("space", "down", "down", "space", "enter")
	s.wants(Reply{Text: "api, email"})
	q.Old = Reply{Text: "api, email"}
	s.asks(q)
	s.types("space", "enter")
	s.wants(Reply{Text: "api, email"}, Reply{Text: "email"})
}

func TestALongChoiceIsMadeByTyping(t *testing.T) {
	q := Prompt{Key: "kind", Kind: Choice, Unknown: true}
	for i := range 20 {
		q.Options = append(q.Options, Option{fmt.Sprint("k", i), fmt.Sprintf("kind %c", 'a'+i)})
	}
	s := sit(t, "en", 80, 24)
	s.asks(q)
	s.types("kind r", "enter")
	s.wants(Reply{Text: "k17"})
}

func TestAPasteOfSeveralLinesIsOneAnswer(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(Prompt{Key: "a", Kind: Text})
	s.Update(tea.PasteMsg{Content: "web orders\r\nphone orders\nfax\tor\x1b[31mders\n"})
	s.wants()
	s.types("enter")
	s.wants(Reply{Text: "web orders phone orders fax or [31mders"})
	s.asks(Prompt{Key: "b", Kind: Names, Many: true, New: true})
	s.Update(tea.PasteMsg{Content: "Ana\nJosé\n"})
	s.types("enter")
	s.wants(Reply{Text: "web orders phone orders fax or [31mders"}, Reply{Text: "Ana, José"})
	s.asks(how())
	s.Update(tea.PasteMsg{Content: "b\nb\n"})
	if s.wants(s.heard[:2]...); s.list.cursor != 0 {
		t.Error("a paste chooses")
	}
}

func TestAPasteThatIsTooLongIsCutAndSaysSo(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(Prompt{Key: "a", Kind: Text})
	s.Update(tea.PasteMsg{Content: strings.Repeat("ñ", longest+1)})
	if got := len([]rune(s.field.text())); got != longest || !s.shows("too long") {
		t.Errorf("%d letters are kept, want %d and a word about it", got, longest)
	}
}

// Between Enter and the next question an answer goes to disk. What is typed
// meanwhile belongs to the next question, as far as its first Enter.
func TestWhatIsTypedAheadLandsInTheNextField(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(Prompt{Key: "a", Kind: Text})
	s.types("web", "enter", "19", "backspace", "2", "enter", "lost", "enter")
	s.wants(Reply{Text: "web"})
	s.asks(minutes())
	s.types("0")
	s.wants(Reply{Text: "web"})
	s.types("enter", "enter")
	s.wants(Reply{Text: "web"}, Reply{Text: "120", Basis: "estimated"})
	s.types("x")
	s.asks(how()) // nothing to type in: nothing is chosen
	s.types("enter")
	s.wants(Reply{Text: "web"}, Reply{Text: "120", Basis: "estimated"}, Reply{Text: "typed"})
}

func TestWhatIsTypedAheadOfARefusalIsNotAddedToTheAnswer(t *testing.T) {
	s := sit(t, "en", 80, 24)
	q := system()
	s.asks(q)
	s.types("Shopify", "enter", "40")
	q.Old, q.Refused = s.heard[0], "the disk is full"
	s.asks(q)
	if s.field.text() != "Shopify" || !s.shows("the disk is full") {
		t.Errorf("the field holds %q, want what was refused", s.field.text())
	}
}

func TestLeavingIsHeardAtOnceOrWithTheNextQuestion(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.asks(minutes())
	s.types("x", "enter", "ctrl+c") // from an invalid answer, too
	s.wants(Reply{Act: Leave})
	s = sit(t, "en", 80, 24)
	s.asks(how())
	s.types("enter", "ctrl+c")
	s.wants(Reply{Text: "typed"})
	s.asks(minutes())
	s.wants(Reply{Text: "typed"}, Reply{Act: Leave})
}

func TestWhatIsToldStandsAboveTheQuestionOrAlone(t *testing.T) {
	s := sit(t, "en", 80, 24)
	s.Update(asked{q: how(), note: "The interview goes on where it stopped."})
	if !s.shows("goes on where") || !s.shows("How does it get there?") {
		t.Error("a short text does not stand above the question")
	}
	s = sit(t, "en", 80, 24)
	s.Update(asked{q: how(), note: strings.Repeat("a line\n", 40) + "the last line"})
	if s.shows("How does it get there?") || s.shows("the last line") {
		t.Error("a long text is not a page of its own")
	}
	s.types("pgdown", "pgdown")
	if !s.shows("the last line") {
		t.Error("the end of a long text cannot be reached")
	}
	s.types("enter")
	s.wants() // Enter turned the page
	if !s.shows("How does it get there?") {
		t.Error("the question does not follow")
	}
	s.types("enter")
	s.wants(Reply{Text: "typed"})
}
