package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// served is flowmap serve of a copy of an example, running.
type served struct {
	t         *testing.T
	dir       string
	address   string // http://127.0.0.1:PORT/
	interrupt func() int
}

func serving(t *testing.T, args ...string) served {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tienda")
	if err := os.CopyFS(dir, os.DirFS("../../examples/tienda")); err != nil {
		t.Fatal(err)
	}
	out, in := io.Pipe()
	w := &world{in: strings.NewReader(""), out: in, err: io.Discard, now: time.Now, env: func(string) string { return "" }}
	ctx, cancel := context.WithCancel(t.Context())
	code := make(chan int, 1)
	go func() {
		code <- w.run(ctx, append([]string{"serve", dir, "--port", "0"}, args...))
		in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v", err)
	}
	t.Cleanup(cancel)
	return served{t, dir, strings.TrimSpace(line), func() int { cancel(); return <-code }}
}

func (s served) get(path string) (int, string) {
	s.t.Helper()
	answer, err := http.Get(s.address + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func (s served) state() (version, problems string) {
	s.t.Helper()
	_, text := s.get("state")
	var state struct{ Version, Problems string }
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		s.t.Fatal(err)
	}
	return state.Version, state.Problems
}

func (s served) replace(old, fresh string) {
	s.t.Helper()
	file := filepath.Join(s.dir, "flowmap.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(old)) {
		s.t.Fatalf("the workspace does not say %q", old)
	}
	if err := os.WriteFile(file, bytes.Replace(text, []byte(old), []byte(fresh), 1), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// In a workshop the workspace is saved again and again, now and then with a
// mistake in it: the page follows, and keeps the last picture beside the
// problems.
func TestTheServedPageFollowsTheWorkspace(t *testing.T) {
	s := serving(t)
	first, problems := s.state()
	if _, page := s.get(""); problems != "" || !strings.Contains(page, `data-version="`+first+`"`) || !strings.Contains(page, "Office assistant") {
		t.Fatalf("problems %q on a page of %d bytes", problems, len(page))
	}
	s.replace("name: Office assistant", "name: Back office")
	second, _ := s.state()
	if _, page := s.get(""); second == first || !strings.Contains(page, "Back office") {
		t.Error("the page has not followed the workspace")
	}
	s.replace("record: shop", "record: shopp")
	third, problems := s.state()
	for _, want := range []string{"flowmap.yaml:", "shopp", "hint: "} {
		if !strings.Contains(problems, want) {
			t.Errorf("the problems do not say %q: %s", want, problems)
		}
	}
	if _, page := s.get(""); third != second || !strings.Contains(page, "Back office") {
		t.Error("the last picture is gone")
	}
	s.replace("record: shopp", "record: shop")
	if fourth, problems := s.state(); fourth != second || problems != "" {
		t.Errorf("mended, it still says %q", problems)
	}
	if code := s.interrupt(); code != exitInterrupted {
		t.Errorf("exit code %d after an interrupt, want %d", code, exitInterrupted)
	}
}

// Any web page can send a browser to this port; none gets an answer under a
// name of its own, and nobody can write.
func TestTheServerAnswersItsOwnNameAlone(t *testing.T) {
	s := serving(t, "--quiet")
	for host, want := range map[string]int{
		"": http.StatusOK, "evil.example": http.StatusForbidden, "evil.example:80": http.StatusForbidden, "127.0.0.1": http.StatusForbidden,
		"localhost:" + s.address[strings.LastIndex(s.address, ":")+1:len(s.address)-1]: http.StatusOK,
	} {
		ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.address, nil)
		if err != nil {
			t.Fatal(err)
		}
		ask.Host = host
		answer, err := http.DefaultClient.Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("host %q is answered with %d, want %d", host, answer.StatusCode, want)
		}
	}
	if code, _ := s.get("flowmap.yaml"); code != http.StatusNotFound {
		t.Errorf("a file of the workspace is answered with %d", code)
	}
	answer, err := http.Post(s.address, "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("writing is answered with %d", answer.StatusCode)
	}
	if !strings.HasPrefix(s.address, "http://127.0.0.1:") {
		t.Errorf("the address is %s", s.address)
	}
}
