package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/clients/star"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/spf13/cobra"
)

// starJob is how a star of tables is written.
type starJob struct {
	format star.Format
	out    string
	redact bool
}

func (w *world) portfolioExportCommand() *cobra.Command {
	var job starJob
	var format string
	c := &cobra.Command{
		Use:   "export DIR... --to FORMAT -o FOLDER",
		Short: "Many clients' workspaces as tables for DuckDB, PostgreSQL, Spark and Trino, with questions in SQL",
		Long: `Writes clients, systems, entities, flows, scores, findings and actuals of many
workspaces as tables: as Parquet, in a partition for each client, as a SQLite
file, or as CSV. The questions that flowmap portfolio answers come with them in
SQL. A client that is added or changed touches its own partition only; a
partition of a client who is no longer named is left as it is.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if format == "" {
				return &usageError{"--to is missing", "choose " + strings.Join(star.Format("").Options(), ", ")}
			}
			if err := oneOf("to", format, star.Format("").Options()); err != nil {
				return err
			}
			job.format = star.Format(format)
			dirs, err := workspacesIn(args)
			if err != nil {
				return err
			}
			return w.exportStar(c.Context(), dirs, job)
		},
	}
	c.Flags().StringVar(&format, "to", "", strings.Join(star.Format("").Options(), ", "))
	c.Flags().StringVarP(&job.out, "output", "o", "portfolio", "the folder that the tables are written into")
	c.Flags().BoolVar(&job.redact, "redact", false, "name no client and nobody: clients bear a code made of their folder's name")
	return c
}

// exportStar writes the tables. Workspaces are read several at once and written in
// their order.
func (w *world) exportStar(ctx context.Context, dirs []string, job starJob) error {
	ids, err := clientIDs(dirs, job.redact)
	if err != nil {
		return err
	}
	into, err := newStarWriter(job)
	if err != nil {
		return err
	}
	defer into.drop()
	type read struct {
		rows star.Rows
		err  error
	}
	leftOut, written, i := 0, 0, -1
	var failed error
	inOrder(len(dirs), func(i int) read {
		rows, err := w.starRows(ctx, dirs[i], ids[i], job.redact)
		return read{rows, err}
	}, func(r read) {
		i++
		switch {
		case ctx.Err() != nil || failed != nil:
		case r.err != nil:
			leftOut++
			fmt.Fprintf(w.err, "%s is left out: %s\n", dirs[i], reason(r.err))
		default:
			written++
			failed = into.client(ids[i], r.rows)
		}
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failed == nil {
		failed = into.finish()
	}
	if failed != nil {
		return failed
	}
	fmt.Fprintf(w.out, "%s: %d clients", job.out, written)
	if job.format == star.AsParquet {
		fmt.Fprintf(w.out, ", %d of them new or changed", into.changed)
	}
	fmt.Fprintln(w.out)
	if leftOut > 0 {
		return errProblems
	}
	return nil
}

// starRows analyses a workspace as flowmap portfolio does.
func (w *world) starRows(ctx context.Context, dir, id string, redact bool) (star.Rows, error) {
	ws, err := w.read(ctx, dir)
	if err != nil {
		return nil, err
	}
	if redact {
		if ws, err = w.apply(ws, whatIf{redact: true}); err != nil {
			return nil, err
		}
		ws.Client.Name = ""
	}
	return aside(ctx, func() (star.Rows, error) {
		a, err := analyse(ws, roi.ByPayback)
		if err != nil {
			return nil, err
		}
		t, err := w.tracked(dir, a, whatIf{redact: redact})
		if err != nil {
			return nil, err
		}
		rows := star.Of(star.Client{ID: id, Audit: a.workspace, Ranking: a.ranking, Findings: a.findings, Realised: t.Result})
		return rows, rows.Fit()
	})
}

// clientIDs name the clients by their folders. With redact they are codes that do
// not hang on who else is there.
func clientIDs(dirs []string, redact bool) ([]string, error) {
	ids := make([]string, len(dirs))
	of := map[string]string{}
	for i, dir := range dirs {
		whole, err := filepath.Abs(folderOf(dir))
		if err != nil {
			return nil, err
		}
		id := filepath.Base(whole)
		one := strings.ToLower(id) // as Windows and macOS tell folders apart
		if other, taken := of[one]; taken {
			return nil, hint("rename one of the folders: it tells the clients apart in the tables, by more than capitals", "%s and %s have the same name", other, dir)
		}
		of[one] = dir
		if redact {
			id = fmt.Sprintf("client-%x", sha256.Sum256([]byte(id)))[:len("client-")+12]
		}
		ids[i] = id
	}
	return ids, nil
}

// starWriter writes clients one after the other.
type starWriter struct {
	job     starJob
	tables  []star.Table
	csv     []bytes.Buffer // of each table
	changed int

	sqlite   chan star.Rows // to the database; nil for other formats
	sqliteAt string         // the file that becomes the database
	ended    chan error
}

func newStarWriter(job starJob) (*starWriter, error) {
	if err := os.MkdirAll(job.out, 0o755); err != nil {
		return nil, cannotWrite(job.out, err)
	}
	s := &starWriter{job: job, tables: star.Tables()}
	switch job.format {
	case star.AsCSV:
		s.csv = make([]bytes.Buffer, len(s.tables))
		for i, t := range s.tables {
			if err := star.WriteHeads(&s.csv[i], t); err != nil {
				return nil, err
			}
		}
	case star.AsSQLite:
		dir, err := os.MkdirTemp(job.out, ".portfolio-*")
		if err != nil {
			return nil, cannotWrite(job.out, err)
		}
		s.sqliteAt = filepath.Join(dir, "portfolio.db")
		rows, ended := make(chan star.Rows), make(chan error, 1)
		s.sqlite, s.ended = rows, ended
		go func() {
			err := star.SQLite(s.sqliteAt, received(rows))
			for range rows { // what comes after an error
			}
			ended <- err
		}()
	case star.AsParquet:
	}
	return s, nil
}

// received are the rows that come through a channel until it is closed.
func received(from <-chan star.Rows) iter.Seq[star.Rows] {
	return func(yield func(star.Rows) bool) {
		for rows := range from {
			if !yield(rows) {
				return
			}
		}
	}
}

// client writes the rows of a client.
func (s *starWriter) client(id string, rows star.Rows) error {
	switch s.job.format {
	case star.AsParquet:
		return s.partition(id, rows)
	case star.AsCSV:
		for i, t := range s.tables {
			if err := star.WriteCSV(&s.csv[i], t, rows[i]); err != nil {
				return err
			}
		}
	case star.AsSQLite:
		s.sqlite <- rows
	}
	return nil
}

// partition writes those of a client's partitions that are not as they were.
func (s *starWriter) partition(id string, rows star.Rows) error {
	var outputs []output
	for i, t := range s.tables {
		text, err := star.Parquet(t, rows[i])
		if err != nil {
			return fmt.Errorf("client %s, table %s: %w", id, t.Name, err)
		}
		name := filepath.Join(s.job.out, t.Name, "client="+hiveName(id), "part.parquet")
		if was, err := os.ReadFile(name); err == nil && bytes.Equal(was, text) {
			continue
		}
		outputs = append(outputs, output{name, text})
	}
	if len(outputs) == 0 {
		return nil
	}
	s.changed++
	return writeInto(outputs)
}

// writeInto makes the folders of files, then writes the files.
func writeInto(outputs []output) error {
	for _, o := range outputs {
		if err := os.MkdirAll(filepath.Dir(o.name), 0o755); err != nil {
			return cannotWrite(o.name, err)
		}
	}
	return replaceAll(outputs)
}

// hiveName is a value as it stands in the name of a partition: what file systems
// and engines take for something else is written as %XX.
func hiveName(value string) string {
	var b strings.Builder
	for _, c := range []byte(value) {
		if c < ' ' || c == 0x7f || strings.IndexByte("\"#%'*/:=?\\{[]^<>|", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// finish writes what is written once for all clients.
func (s *starWriter) finish() error {
	var outputs []output
	for i := range s.csv {
		outputs = append(outputs, output{filepath.Join(s.job.out, s.tables[i].Name+".csv"), s.csv[i].Bytes()})
	}
	for _, f := range slices.Concat(star.Questions(), s.job.format.Loading()) {
		outputs = append(outputs, output{filepath.Join(s.job.out, filepath.FromSlash(f.Name)), f.Text})
	}
	if s.sqlite != nil {
		if err := s.endSQLite(); err != nil {
			return cannotWrite(filepath.Join(s.job.out, "portfolio.db"), err)
		}
		text, err := os.ReadFile(s.sqliteAt)
		if err != nil {
			return err
		}
		outputs = append(outputs, output{filepath.Join(s.job.out, "portfolio.db"), text})
	}
	return writeInto(outputs)
}

func (s *starWriter) endSQLite() error {
	if s.sqlite == nil {
		return nil
	}
	close(s.sqlite)
	s.sqlite = nil
	return <-s.ended
}

// drop removes what is temporary.
func (s *starWriter) drop() {
	if s.sqliteAt != "" {
		_ = errors.Join(s.endSQLite(), os.RemoveAll(filepath.Dir(s.sqliteAt))) // a failure was told already
	}
}
