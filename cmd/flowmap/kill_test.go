package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// wholeInterview is every answer of an interview with one flow, error points
// and all: one a question, since the amounts say how they are known.
var wholeInterview = []string{
	"Ana", "Administrativa", "-", "-", "-", "-", "Pedidos web tecleados", "Pedido", "Tienda", "Sage 50", "PrestaShop", "1", "40 al día", "1 3 1,5, contado", "2", "José",
	"1.200, contado", "Referencia mal tecleada", "2, contado", "20", "15", "3", "-", "no lo sé", "Sage 50", "4", "-", "-", "-", "2", "1",
}

const killedWorkspace = `version: 1
client: {name: Levante}   # de la ficha
language: es
systems:
  - {id: tienda, name: Tienda, kind: ecommerce, confirmed: false}
  - {id: erp, name: Sage 50, kind: erp}
entities:
  - {id: pedido, name: Pedido, record: erp, confirmed: false}
`

// child is the program as another process, which an answer is given to only
// once it asks.
type child struct {
	*exec.Cmd
	in   io.WriteCloser
	out  io.Reader
	said bytes.Buffer
}

func start(t *testing.T, dir, cache, with string) *child {
	t.Helper()
	c := &child{Cmd: exec.Command("flowmap", "interview", dir, "--department", "sales", "--with", with, "--accessible")}
	c.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+cache, "SOURCE_DATE_EPOCH=1793577600")
	var err error
	if c.in, err = c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if c.out, err = c.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	c.Stderr = &c.said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// asks waits for the next question and returns what came before it. It is
// false if the program ended.
func (c *child) asks() (text string, ok bool) {
	var b strings.Builder
	letter := make([]byte, 1)
	for !strings.HasSuffix(b.String(), "> ") {
		if _, err := c.out.Read(letter); err != nil {
			return b.String(), false
		}
		b.Write(letter)
	}
	return b.String(), true
}

func (c *child) answer(t *testing.T, text string) {
	t.Helper()
	if _, err := io.WriteString(c.in, text+"\n"); err != nil {
		t.Fatal(err)
	}
}

func makeWorkspace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "flowmap.yaml"), []byte(killedWorkspace), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// contents is every file of a workspace, and what must not be there.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	w, err := audit.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range w.Files() {
		b.WriteString("-- " + f.Name + " --\n" + string(f.Text))
	}
	return b.String()
}

// TestKilledAfterEachQuestion kills the program when it asks the next question,
// starts it again, and goes on: after each answer of a whole interview.
func TestKilledAfterEachQuestion(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	calm := makeWorkspace(t)
	c := start(t, calm, cache, "María")
	for _, answer := range wholeInterview {
		if text, ok := c.asks(); !ok {
			t.Fatalf("ended before %q: %s%s", answer, text, c.said.String())
		}
		c.answer(t, answer)
	}
	rest, _ := io.ReadAll(c.out)
	if err := c.Wait(); err != nil || !strings.Contains(string(rest), "La entrevista está completa") {
		t.Fatalf("the undisturbed interview: %v\n%s%s", err, rest, c.said.String())
	}

	dir, kills := makeWorkspace(t), 0
	for i := 0; i <= len(wholeInterview); i++ {
		c := start(t, dir, cache, "María")
		text, ok := c.asks()
		if i > 0 {
			if !strings.Contains(text, "¿Con cuál seguimos?") {
				t.Fatalf("after answer %d the interview is not offered: %s", i, text)
			}
			c.answer(t, "")
			text, ok = c.asks()
			if !ok {
				t.Fatalf("ended before answer %d: %s%s", i, text, c.said.String())
			}
			c.answer(t, wholeInterview[i-1])
			text, ok = c.asks()
		}
		if ok { // at the next question
			kill(t, c)
			kills++
			continue
		}
		if err := c.Wait(); err != nil || i < len(wholeInterview) {
			t.Fatalf("ended after answer %d: %v\n%s%s", i, err, text, c.said.String())
		}
	}
	if kills != len(wholeInterview) {
		t.Errorf("killed %d times at %d questions", kills, len(wholeInterview))
	}
	if got, want := contents(t, dir), contents(t, calm); got != want {
		t.Errorf("after %d kills:\n%s\nwant\n%s", kills, got, want)
	}
}

// kill ends the program as a dead battery does.
func kill(t *testing.T, c *child) {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Error("killed, and it left with 0")
	}
}

// usualAnswers are what somebody says to a question, by some of its words; to all
// others, that there is nothing.
var usualAnswers = []struct{ question, answer string }{
	{"¿Algo más en este punto?", "-"},
	{"pedidos llegan por la web", "Pedidos web de "},
	{"¿Quién hace", "Ana"},
	{"¿Cuál es el puesto", "?"},
	{"¿Qué tipo de dato", "Pedido"},
	{"¿De dónde lo lee", "Tienda"},
	{"¿Dónde lo pone", "Sage 50"},
	{"¿Es el mismo?", "no, es otro"},
	{"¿qué programa es", "PrestaShop"},
	{"¿Cómo llega hasta allí?", "1"},
	{"¿Cuántas veces", "40 al día"},
	{"¿Cuántos minutos", "1 3 1,5, contado"},
	{"¿Estas cifras", "1"},
	{"¿Cuántos registros", "1.200, contado"},
	{"¿Qué pasa si falta", "1"},
	{"¿a cuál se hace caso?", "Sage 50"},
	{"¿Cuánto puede tardar", "4"},
	{"¿Lleva datos personales", "2"},
	{"¿Es correcto?", "1"},
}

// converse answers until the program ends, and gives the last it said.
func (c *child) converse(name string) string {
	for {
		text, ok := c.asks()
		if !ok {
			return text
		}
		reply := "-"
		for _, a := range usualAnswers {
			if strings.Contains(text, a.question) {
				reply = a.answer
				break
			}
		}
		if strings.HasSuffix(reply, " de ") {
			reply += name
		}
		if _, err := io.WriteString(c.in, reply+"\n"); err != nil {
			return err.Error()
		}
	}
}

// TestTwoInterviewsAtOnce holds two interviews on one workspace by two
// processes, each as fast as it can.
func TestTwoInterviewsAtOnce(t *testing.T) {
	t.Parallel()
	dir, cache := makeWorkspace(t), t.TempDir()
	people := []string{"María", "José"}
	ends := make([]string, len(people))
	var all sync.WaitGroup
	for i, name := range people {
		c := start(t, dir, cache, name)
		all.Go(func() {
			ends[i] = c.converse(name)
			if err := c.Wait(); err != nil {
				ends[i] += err.Error() + c.said.String()
			}
		})
	}
	all.Wait()
	for i, end := range ends {
		if !strings.Contains(end, "La entrevista está completa") {
			t.Errorf("%s: %s", people[i], end)
		}
	}
	w, err := audit.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Flows) != 2 || len(w.Interviews) != 2 {
		t.Fatalf("%d flows of %d interviews:\n%s", len(w.Flows), len(w.Interviews), contents(t, dir))
	}
	for _, f := range w.Flows {
		if f.Effort.Minutes.String() != "[1, 1.5, 3]" || f.Volume.Records.String() != "1200/month" || f.Absence != "waits" || f.Needs.Latency != "daily" {
			t.Errorf("%s lost an answer:\n%s", f.ID, contents(t, dir))
		}
	}
	shop, _ := w.System("tienda")
	if order, _ := w.Entity("pedido"); shop.Name != "PrestaShop" || order.Confirmed != audit.Yes || order.PersonalData != "ordinary" {
		t.Errorf("what both were asked: %+v, %+v", shop, order)
	}
}
