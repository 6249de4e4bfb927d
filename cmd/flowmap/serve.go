package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/flowmap-dev/flowmap/pkg/render"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

// servePort is the port without --port: the same one each time, so that a page
// that is open goes on.
const servePort = 7171

func (w *world) serveCommand() *cobra.Command {
	var flags whatIf
	var audience string
	var port int
	c := &cobra.Command{
		Use:   "serve [DIR]",
		Short: "The page on 127.0.0.1, drawn again whenever the workspace is saved: for a workshop",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if audience != "" {
				if err := oneOf("audience", audience, []string{string(report.Management), string(report.IT), string(report.Proposal)}); err != nil {
					return err
				}
			}
			dir, err := find(c, args)
			if err != nil {
				return err
			}
			s := &server{dir: dir, draw: func(problems io.Writer) (report.Report, error) {
				quiet := *w
				quiet.err = problems
				_, a, err := quiet.analysed(c, args, flags, roi.ByPayback)
				if err != nil {
					quiet.explain(err)
					return report.Report{}, err
				}
				r, _, err := w.reportOf(c.Context(), a, reportJob{dir: dir, audience: report.Audience(audience), flags: flags, quick: true})
				return r, err
			}}
			return w.serve(c.Context(), s, port)
		},
	}
	flags.add(c)
	flags.addLanguage(c)
	flags.addRedact(c)
	c.Flags().StringVar(&audience, "audience", "", "the sections for management, it or proposal alone")
	c.Flags().IntVar(&port, "port", servePort, "the port on 127.0.0.1; 0: any that is free")
	return c
}

// serve shows the page until it is interrupted. A workspace that has problems
// from the start is refused, as everywhere.
func (w *world) serve(ctx context.Context, s *server, port int) error {
	if s.redraw(); s.page == nil {
		fmt.Fprint(w.err, s.problems)
		return errProblems
	}
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return hint("is flowmap serve running already? name another port with --port, or --port 0 for any that is free",
			"127.0.0.1:%d cannot be listened on: %w", port, cause(err))
	}
	s.port = listener.Addr().(*net.TCPAddr).Port
	fmt.Fprintf(w.out, "http://127.0.0.1:%d/\n", s.port)
	if w.terminal && !w.quiet {
		fmt.Fprintln(w.err, "Open it in a browser; it is drawn again whenever the workspace is saved. Ctrl-C ends it.")
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// server shows one workspace. It looks at the files when a browser asks, which
// an open page does several times a second, and draws only what has changed.
type server struct {
	dir  string // or file
	port int
	draw func(problems io.Writer) (report.Report, error)

	mu       sync.Mutex
	seen     string // how the files were when they were last read
	page     []byte // the last that could be drawn
	version  string // of the page
	problems string // why the files as they are now cannot be drawn
}

// redraw brings the page up to date.
func (s *server) redraw() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := fingerprint(s.dir)
	if now == s.seen {
		return
	}
	s.seen = now
	var problems, plain, served bytes.Buffer
	r, err := s.draw(&problems)
	if err == nil {
		err = render.HTML(&plain, r)
	}
	sum := sha256.Sum256(plain.Bytes())
	version := hex.EncodeToString(sum[:8])
	if err == nil {
		err = render.Served(&served, r, version)
	}
	if err != nil {
		if problems.Len() == 0 {
			fmt.Fprintln(&problems, err)
		}
		s.problems = problems.String()
		return
	}
	s.page, s.version, s.problems = served.Bytes(), version, ""
}

// fingerprint tells one state of a workspace's files from another: their names,
// sizes and times.
func fingerprint(dir string) string {
	var b strings.Builder
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			fmt.Fprintln(&b, path, err)
			return nil
		case d.IsDir() && path != dir && (d.Name() == "report" || strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".yaml":
			return nil
		}
		if info, err := os.Stat(path); err == nil {
			fmt.Fprintln(&b, path, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return b.String()
}

// knows tells whether a browser that asks for host means this server.
func (s *server) knows(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, "80"
	}
	return port == strconv.Itoa(s.port) && (name == "127.0.0.1" || name == "localhost")
}

// ServeHTTP answers with the page, or with its state as JSON.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// A page from elsewhere whose name was made to point here is refused: it
	// would read the client's data.
	if !s.knows(r.Host) {
		http.Error(w, "this address is not known here", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "the page can only be read", http.StatusMethodNotAllowed)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	switch r.URL.Path {
	case "/":
		s.redraw()
		h.Set("Content-Type", "text/html; charset=utf-8")
		w.Write(s.current().page)
	case "/state":
		s.redraw()
		now := s.current()
		text, err := jsonText(map[string]string{"version": now.version, "problems": now.problems})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		h.Set("Content-Type", "application/json")
		w.Write(text)
	default:
		http.NotFound(w, r)
	}
}

// shown is what a browser is given.
type shown struct {
	page              []byte
	version, problems string
}

func (s *server) current() shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	return shown{s.page, s.version, s.problems}
}
