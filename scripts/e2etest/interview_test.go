//go:build e2e

package e2etest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

const workshop = `version: 1
client: {name: "Talleres Ribera, S.L.", sector: manufacturing}
language: es
currency: EUR
departments:
  - {name: sales, confirmed: false}
systems:
  - {id: erp, name: Holded, kind: erp}
  - {id: shop, name: Tienda web, kind: ecommerce}
  - {id: sheet, name: Hoja de almacén, kind: spreadsheet}
entities:
  - {id: order, name: Pedido, record: shop}
`

// interviewed is what María of sales tells, as far as the minutes of her first
// flow: keys for the form, and what they come to in lines.
var interviewed = []struct{ question, keys, line string }{
	{"sal1", "Pedidos de la web", "Pedidos de la web"},
	{"entity", "ped", "Pedido"},
	{"from", "tienda", "Tienda web"},
	{"to", "almacen", "Hoja de almacén"}, // it is not how the name begins: an arrow takes it
	{"how", "", "1"},
	{"runs", "40 al día", "40 al día"},
	{"minutes", "1 4 1,5", "1 4 1,5"},
}

// asking is a question in Spanish.
func asking(t *testing.T, id string) string {
	t.Helper()
	return askingWith(t, id, lang.Args{"Who": "María"})
}

func askingWith(t *testing.T, id string, args lang.Args) string {
	t.Helper()
	p, err := lang.New("es")
	if err != nil {
		t.Fatal(err)
	}
	return p.Text("ask."+id, args)
}

// workspace of an interview, and the arguments that begin it.
func toInterview(t *testing.T) (dir string, args []string) {
	t.Helper()
	dir = write(t, map[string]string{"flowmap.yaml": workshop})
	return dir, []string{"interview", dir, "--department", "sales", "--with", "María", "--by", "Sara"}
}

// said is what the only interview's file holds, "" where there is none.
func said(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "interviews", "*.yaml"))
	if err != nil || len(names) > 1 {
		t.Fatalf("interviews %q: %v", names, err)
	}
	if len(names) == 0 {
		return ""
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// job is what María works as, the first that is asked.
const job = "Comercial"

// answers gives María's job and her first answers, each when its question is
// there.
func (s *terminal) answers(number int) {
	s.t.Helper()
	s.shows(asking(s.t, "role"))
	s.types(job)
	s.shows(job)
	s.keys("Enter")
	for _, a := range interviewed[:number] {
		s.shows(asking(s.t, a.question))
		if a.keys != "" {
			s.types(a.keys)
			s.shows(a.keys)
		}
		if a.question == "to" {
			s.keys("Up")
			s.shows("> " + a.line)
		}
		s.keys("Enter")
		if a.question == "minutes" {
			s.shows("> estimado")
			s.keys("Enter")
		}
	}
}

func TestAnInterviewInATerminal(t *testing.T) {
	dir, args := toInterview(t)
	s := inTerminal(t, 80, 24, false, args...)
	s.answers(len(interviewed))
	s.shows(asking(t, "whose"), "Ctrl+N no lo sé", "Esc atrás")
	if !strings.Contains(s.screen(), "Tienda web") {
		t.Errorf("what was found does not stand beside:\n%s", s.screen())
	}
	s.picture("whose")
	for _, want := range []string{"runs: 40/day", "minutes: [1, 1.5, 4]", "basis: estimated", "to: sheet"} {
		if !strings.Contains(said(t, dir), want) {
			t.Errorf("%q is not on disk before the next question:\n%s", want, said(t, dir))
		}
	}
}

// further is the rest of María's interview, to its end: what is typed and which
// keys are pressed in the form, each once the screen shows what it is to follow,
// and the lines that come to the same.
var further = []struct {
	question string
	args     lang.Args
	typed    string
	keys     []string
	then     string // what the screen shows before the last Enter
	lines    []string
}{
	{question: "whose", lines: []string{"1"}},
	{question: "volume", typed: "800", lines: []string{"800", "contado"}, keys: []string{"Enter", "Up"}, then: "> contado"},
	{question: "errors", typed: "referencia mal tecleada", lines: []string{"referencia mal tecleada"}},
	{question: "rate", args: point, typed: "2", keys: []string{"Enter"}, then: "> estimado", lines: []string{"2", "estimado"}},
	{question: "fix", args: point, typed: "10", lines: []string{"10"}},
	{question: "cost", args: point, keys: []string{"C-n"}, lines: []string{"?"}},
	{question: "found", args: point, keys: []string{"Down", "Down"}, then: "> el cliente", lines: []string{"3"}},
	{question: "errors.more", keys: []string{"C-o"}, lines: []string{"-"}},
	{question: "absence", lines: []string{"1"}},
	{question: "latency", keys: []string{"Down", "Down"}, then: "> una o dos horas", lines: []string{"3"}},
	{question: "sal1", keys: []string{"C-o"}, lines: []string{"-"}},
	{question: "sal2", keys: []string{"C-o"}, lines: []string{"-"}},
	{question: "sal3", keys: []string{"Escape"}, lines: []string{"<"}},
	{question: "sal2", then: "tema 2 de 7", lines: []string{"="}},
	{question: "sal3", keys: []string{"C-o"}, lines: []string{"-"}},
	{question: "sal4", keys: []string{"C-o"}, lines: []string{"-"}},
	{question: "sal5", keys: []string{"C-o"}, lines: []string{"-"}},
	{question: "last-copied", keys: []string{"C-o"}, lines: []string{"-"}},
	{question: "own-sheet", keys: []string{"C-o"}, lines: []string{"-"}},
	{question: "personal", args: lang.Args{"Thing": "Pedido"}, keys: []string{"Down"}, lines: []string{"2"}},
	{question: "summary", lines: []string{"1"}},
}

var point = lang.Args{"Point": "referencia mal tecleada"}

// TestTheFormTheLinesAndAFileOfAnswersGiveTheSameBytes holds one whole
// interview three times.
func TestTheFormTheLinesAndAFileOfAnswersGiveTheSameBytes(t *testing.T) {
	form, args := toInterview(t)
	s := inTerminal(t, 80, 24, false, args...)
	s.answers(len(interviewed))
	for _, a := range further {
		s.shows(askingWith(t, a.question, a.args))
		if a.typed != "" {
			s.types(a.typed)
			s.shows(a.typed)
		}
		s.keys(a.keys...)
		if a.then != "" {
			s.shows(a.then)
		}
		if last := strings.Join(a.keys, " "); last != "C-n" && last != "C-o" && last != "Escape" {
			s.keys("Enter")
		}
	}
	if code := s.ends(); code != 0 {
		t.Errorf("the form ended with %d", code)
	}

	script := []string{job}
	for _, a := range interviewed {
		script = append(script, a.line)
	}
	script = append(script, "estimado")
	for _, a := range further {
		script = append(script, a.lines...)
	}
	file := filepath.Join(t.TempDir(), "answers.txt")
	if err := os.WriteFile(file, []byte(strings.Join(script, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	want := everyFile(t, form)
	if !strings.Contains(want, "complete: true") || !strings.Contains(want, "{name: sales, confirmed: true}") {
		t.Errorf("the form wrote\n%s", want)
	}
	answered, args := toInterview(t)
	lines, piped := toInterview(t)
	for dir, command := range map[string]string{
		answered: quoted(append([]string{binary}, append(args, "--answers", file)...)),
		lines:    quoted(append([]string{binary}, append(piped, "--accessible")...)) + " <" + quoted([]string{file}),
	} {
		if r := start(t, []string{"SOURCE_DATE_EPOCH=1795392000"}, "sh", "-c", command); r.code != 0 {
			t.Fatalf("%s ended with %d:\n%s\n%s", command, r.code, r.stdout, r.stderr)
		}
		if got := everyFile(t, dir); got != want {
			t.Errorf("%s wrote\n%s\nthe form\n%s", command, got, want)
		}
	}
}

// everyFile is what the files of a workspace hold.
func everyFile(t *testing.T, dir string) string {
	t.Helper()
	main, err := os.ReadFile(filepath.Join(dir, "flowmap.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(main) + said(t, dir)
}

// TestWhatWasFoundStandsBesideTheQuestion is also where docs/interview.png comes
// from: FLOWMAP_E2E_OUT keeps it, and interview-light.png.
func TestWhatWasFoundStandsBesideTheQuestion(t *testing.T) {
	dir, args := toInterview(t)
	file := filepath.Join(t.TempDir(), "answers.txt")
	lines := []string{job, "Pedidos de la web", "Pedido", "Tienda web", "Holded", "1", "40 al día", "1 4 1,5", "contado", "1", "800", "contado",
		"referencia mal tecleada", "2", "estimado", "10", "0", "?", "-", "1", "3",
		"Pedidos por teléfono", "Pedido", "+Teléfono", "Holded", "1", "12 al día", "2 6 3", "estimado", "1", "?", "-", "1", "3", "-", "Presupuestos aceptados", "+presupuesto", "+Hoja de ventas"}
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := start(t, []string{"SOURCE_DATE_EPOCH=1795392000"}, binary, append(args, "--answers", file)...); r.code != 1 {
		t.Fatalf("the answers ended with %d:\n%s", r.code, r.stderr)
	}
	for name, light := range map[string]bool{"interview": false, "interview-light": true} {
		s := inTerminal(t, 90, 20, light, "interview", dir)
		s.shows("> María (ventas)")
		s.keys("Enter")
		s.shows(asking(t, "to"))
		s.types("ho")
		s.shows("Hoja de ventas", "Hoja de almacén", "Holded", "añadir «ho»")
		if screen := strings.Join(strings.Fields(s.screen()), " "); !strings.Contains(screen, "Hasta ahora") || !strings.Contains(screen, "2 flujos: 9,4 h a la semana") {
			t.Errorf("what was found does not stand beside the question:\n%s", screen)
		}
		s.types("l")
		s.shows("> Holded")
		s.picture(name)
	}
}

func TestBackInATerminalAlsoOutOfAnInvalidAnswer(t *testing.T) {
	dir, args := toInterview(t)
	s := inTerminal(t, 80, 24, true, args...)
	s.answers(6)
	s.shows(asking(t, "minutes"))
	s.types("un rato")
	s.keys("Enter")
	s.shows("× ")
	s.picture("invalid")
	s.keys("C-b")
	s.shows(asking(t, "runs"), "40/día")
	s.keys("Escape")
	s.shows(asking(t, "how"), "> alguien lo teclea")
	s.keys("C-b")
	s.shows(asking(t, "to"), "Hoja de almacén")
	s.keys("Enter") // the old answers are the defaults
	s.shows(asking(t, "how"))
	s.keys("Enter")
	s.shows(asking(t, "runs"))
	s.types("30 al día")
	s.keys("Enter")
	s.shows(asking(t, "minutes"))
	if text := said(t, dir); !strings.Contains(text, "runs: 30/day") || !strings.Contains(text, "to: sheet") {
		t.Errorf("the new answer is not on disk, or an old one is lost:\n%s", text)
	}
}

func TestATerminalOfAnySizeShowsTheWholeQuestion(t *testing.T) {
	_, args := toInterview(t)
	s := inTerminal(t, 80, 24, false, args...)
	s.answers(6)
	s.shows(asking(t, "minutes"))
	s.types("1 4 1,5")
	for _, size := range [][2]int{{40, 12}, {120, 40}, {40, 12}, {80, 24}} {
		s.resize(size[0], size[1])
		s.shows(asking(t, "minutes"), "1 4 1,5", "Ctrl+N no lo sé", "Ctrl+C salir")
		s.picture(fmt.Sprintf("minutes-%dx%d", size[0], size[1]))
	}
	s.keys("Enter")
	s.resize(40, 12)
	s.shows(asking(t, "minutes"), "> estimado")
	s.keys("Enter")
	s.shows(asking(t, "whose"))
}

func TestAPasteOfSeveralLinesAnswersOneQuestion(t *testing.T) {
	dir, args := toInterview(t)
	s := inTerminal(t, 80, 24, false, args...)
	s.answers(0)
	s.shows(asking(t, "sal1"))
	s.pastes("Pedidos de la web\ny del teléfono\ny del fax\n")
	s.shows(asking(t, "sal1"), "Pedidos de la web y del teléfono y del fax")
	if text := said(t, dir); strings.Contains(text, "Pedidos") {
		t.Errorf("a paste answers by itself:\n%s", text)
	}
	s.keys("Enter")
	s.shows(asking(t, "entity"))
	s.keys("C-c")
	s.ends()
	if text := said(t, dir); !strings.Contains(text, "Pedidos de la web y del teléfono y del fax") {
		t.Errorf("what was pasted is not on disk:\n%s", text)
	}
}

func TestWhatIsTypedAtOnceBehindEnterLandsInTheNextField(t *testing.T) {
	dir, args := toInterview(t)
	s := inTerminal(t, 80, 24, false, args...)
	s.answers(0)
	s.shows(asking(t, "sal1"))
	s.tmux("send-keys", "-l", "--", "Pedidos de la web\rped")
	s.shows(asking(t, "entity"), "> Pedido")
	if text := said(t, dir); !strings.Contains(text, "Pedidos de la web\n") {
		t.Errorf("the first answer is another:\n%s", text)
	}
}

func TestCtrlCLeavesAndTheNextSittingGoesOnThere(t *testing.T) {
	dir, args := toInterview(t)
	s := inTerminal(t, 80, 24, false, args...)
	s.answers(5)
	s.shows(asking(t, "runs"))
	s.types("4")
	s.keys("C-c")
	if code := s.ends(); code != 130 {
		t.Errorf("Ctrl-C ended with %d, want 130", code)
	}
	s.shows("sigue desde ahí") // on the screen as it was before
	before := said(t, dir)
	s = inTerminal(t, 80, 24, true, "interview", dir)
	s.shows("> María (ventas)")
	s.picture("resumed")
	s.keys("Enter") // go on with this one
	s.shows(asking(t, "runs"))
	if text := said(t, dir); text != before {
		t.Errorf("going on has changed what was said:\n%s\nwas\n%s", text, before)
	}
	s.types("40 al día")
	s.keys("Enter")
	s.shows(asking(t, "minutes"))
	s.keys("C-b")
	s.shows(asking(t, "runs"))
	s.keys("C-b")
	s.shows(asking(t, "how")) // also into what was said in the sitting before
}
