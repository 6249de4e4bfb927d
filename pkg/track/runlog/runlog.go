// Package runlog reads the logs of runs that platforms give out as CSV, and
// counts them by workflow and month.
package runlog

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// MostBytes is how large a log may be.
const MostBytes = 64 << 20

// Platform is whose log it is.
type Platform string

// The platforms.
const (
	N8N    Platform = "n8n"
	Make   Platform = "make"
	Zapier Platform = "zapier"
)

// Platforms lists them, in the order in which commands name them.
func Platforms() []Platform { return []Platform{N8N, Make, Zapier} }

// Count is what a workflow did in a month.
type Count struct {
	Workflow string // its name, else its id; empty where the log is of one workflow and does not say
	Month    string // 2027-03
	Runs     int    // in production, and they succeeded
	Failed   int    // in production, and they did not
	Tests    int    // by hand or for trying things out, whatever came of them
	Open     int    // running, waiting, held or filtered: neither one nor the other
}

// RefusedError says why a log was not taken: where, what is wrong, and what to
// do. Line is 0 where it is about the whole file.
type RefusedError struct {
	Line    int
	Message string
	Hint    string
}

func (e *RefusedError) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Message)
}

// Read counts the runs in a log, by workflow and month, in that order. The error
// is a RefusedError. Days and months of dates are told apart by the whole log:
// what reads both ways throughout is refused.
func Read(p Platform, text []byte) ([]Count, error) {
	if len(text) > MostBytes {
		return nil, &RefusedError{Message: fmt.Sprintf("the log has more than %d MiB", MostBytes>>20), Hint: "export fewer months at a time"}
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		return nil, &RefusedError{Message: "the log is no text in UTF-8", Hint: "save it as CSV in UTF-8"}
	}
	rows, err := rowsOf(text)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, &RefusedError{Message: "the log is empty", Hint: "export it again, with its headings"}
	}
	t, err := headed(p, rows[0].cells)
	if err != nil {
		return nil, err
	}
	return t.count(rows[1:])
}

// row is a line of the log and where it stands.
type row struct {
	line  int
	cells []string
}

// rowsOf reads CSV with commas, semicolons or tabs, by the first line.
func rowsOf(text []byte) ([]row, error) {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, false, false
	for _, comma := range []rune{',', ';', '\t'} {
		if bytes.Count(first, []byte(string(comma))) > bytes.Count(first, []byte(string(r.Comma))) {
			r.Comma = comma
		}
	}
	var rows []row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				return nil, &RefusedError{Line: bad.Line, Message: "a quote is out of place", Hint: "export the log again: it was changed by hand or cut off"}
			}
			return nil, &RefusedError{Message: err.Error(), Hint: "export the log again"}
		}
		line, _ := r.FieldPos(0)
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			rows = append(rows, row{line, cells})
		}
	}
}

// table is a log whose columns are known.
type table struct {
	platform                      Platform
	workflow, status, start, mode int // columns; -1: there is none
	finished                      int // of n8n before it had a status
}

// columns are what a platform calls its columns, small and without blanks, lines
// and dots. n8n's are those of its executions (ExecutionEntity, n8n 1.91) and of
// its API; Make's those of its scenario logs' API and its history; Zapier's those
// of its API of Zap runs and its history.
var columns = map[Platform]struct{ workflow, status, start, mode, finished []string }{
	N8N: {
		workflow: []string{"workflowname", "workflow", "workflowdataname", "workflowid"},
		status:   []string{"status"}, start: []string{"startedat", "starttime", "started"}, mode: []string{"mode", "executionmode"}, finished: []string{"finished"},
	},
	Make: {
		workflow: []string{"scenarioname", "scenario", "scenarioid"},
		status:   []string{"status"}, start: []string{"timestamp", "rundate", "date", "rundateandtime"}, mode: []string{"type", "triggeroractivitytype", "trigger", "activitytype"},
	},
	Zapier: {
		workflow: []string{"zaptitle", "zapname", "zap", "zapid"},
		status:   []string{"status"}, start: []string{"starttime", "startdate", "date", "timestamp", "runtime"}, mode: []string{"runtype", "mode"},
	},
}

// marks are columns that one platform alone has.
var marks = map[Platform][]string{
	N8N:    {"startedat", "stoppedat", "workflowid", "workflowname", "retryof", "waittill"},
	Make:   {"imtid", "operations", "transfer", "centicredits", "scenarioid", "scenarioname", "rundate", "scenario", "rundateandtime"},
	Zapier: {"zaptitle", "zapname", "zapid", "zap", "tasks", "tasksused"},
}

// headed finds the columns by the headings.
func headed(p Platform, heads []string) (table, error) {
	folded := make([]string, len(heads))
	for i, h := range heads {
		folded[i] = fold(h)
	}
	find := func(names []string) int {
		for _, n := range names {
			if i := slices.Index(folded, n); i >= 0 {
				return i
			}
		}
		return -1
	}
	c := columns[p]
	t := table{platform: p, workflow: find(c.workflow), status: find(c.status), start: find(c.start), mode: find(c.mode), finished: find(c.finished)}
	if other := looksLike(folded); other != "" && other != p {
		return t, &RefusedError{Line: 1, Message: fmt.Sprintf("these are the columns of %s, and the log should be from %s", other, p), Hint: fmt.Sprintf("say --from %s, or export the log from %s", other, p)}
	}
	var missing []string
	if t.status < 0 && t.finished < 0 {
		missing = append(missing, c.status[0])
	}
	if t.start < 0 {
		missing = append(missing, c.start[0])
	}
	if p == N8N && t.mode < 0 { // without it tests would count
		missing = append(missing, c.mode[0])
	}
	if len(missing) > 0 {
		return t, &RefusedError{Line: 1, Message: fmt.Sprintf("a log from %s has no column %s", p, strings.Join(missing, ", ")), Hint: "its headings are " + shown(heads)}
	}
	return t, nil
}

// looksLike is the platform that most of the headings speak for; empty where
// none does.
func looksLike(folded []string) Platform {
	best, most := Platform(""), 0
	for _, p := range Platforms() {
		n := 0
		for _, m := range marks[p] {
			if slices.Contains(folded, m) {
				n++
			}
		}
		if n > most {
			best, most = p, n
		}
	}
	return best
}

// shown are headings for a hint, at most twelve.
func shown(heads []string) string {
	if len(heads) > 12 {
		heads = append(slices.Clone(heads[:12]), "…")
	}
	return strings.Join(heads, ", ")
}

// fold is a heading in small letters, without what platforms write differently
// from version to version.
func fold(s string) string {
	return strings.NewReplacer(" ", "", "_", "", ".", "", "-", "", "/", "", "(", "", ")", "", ":", "").Replace(strings.ToLower(strings.TrimSpace(s)))
}

func (t table) count(rows []row) ([]Count, error) {
	months, err := t.months(rows)
	if err != nil {
		return nil, err
	}
	var all []Count
	at := map[[2]string]int{}
	for i, r := range rows {
		what, err := t.outcome(r)
		if err != nil {
			return nil, err
		}
		if what == skipped {
			continue
		}
		key := [2]string{strings.TrimSpace(r.cell(t.workflow)), months[i]}
		j, ok := at[key]
		if !ok {
			j = len(all)
			at[key] = j
			all = append(all, Count{Workflow: key[0], Month: key[1]})
		}
		switch what {
		case succeeded:
			all[j].Runs++
		case failed:
			all[j].Failed++
		case test:
			all[j].Tests++
		case open:
			all[j].Open++
		case skipped:
		}
	}
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Workflow, b.Workflow), cmp.Compare(a.Month, b.Month))
	})
	return all, nil
}

func (r row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}
