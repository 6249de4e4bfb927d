package runlog

import (
	"fmt"
	"slices"
	"strings"
)

// outcome is what came of a run.
type outcome int

const (
	succeeded outcome = iota
	failed
	test
	open
	skipped // no run: a change of the schedule, say
)

// words are what platforms write for each outcome. n8n: ExecutionStatus; Make:
// 1 success, 2 warning, 3 error, and the words of its history; Zapier: the
// statuses of its history, "stopped" being halted, errored or handled.
var words = map[Platform]map[outcome][]string{
	N8N: {
		succeeded: {"success", "succeeded"}, failed: {"error", "failed", "crashed", "canceled", "cancelled"}, open: {"running", "waiting", "new", "unknown"},
	},
	Make: {
		succeeded: {"success", "1"}, failed: {"error", "3", "warning", "2"}, open: {"running", "incomplete", "waiting"},
	},
	Zapier: {
		succeeded: {"success", "successful"}, failed: {"stopped", "errored", "error", "halted", "handled", "stoppederrored", "stoppedhalted", "stoppedhandled", "safelyhalted"},
		open: {"filtered", "held", "holding", "playing", "waiting", "delayed", "scheduled", "running"},
	},
}

// outcome tells what a row is. A run for trying things out is a test, whatever
// came of it; n8n's error workflows are no runs of the work itself.
func (t table) outcome(r row) (outcome, error) {
	status, mode := fold(r.cell(t.status)), fold(r.cell(t.mode))
	switch t.platform {
	case N8N:
		if slices.Contains([]string{"manual", "evaluation", "cli", "internal"}, mode) {
			return test, nil
		}
		if mode == "error" {
			return skipped, nil
		}
		if status == "" {
			return finished(fold(r.cell(t.finished)), r)
		}
	case Make:
		if slices.Contains([]string{"manual", "runonce", "ondemandmanual"}, mode) {
			return test, nil
		}
		if status == "" || slices.Contains([]string{"modify", "edit", "start", "stop", "activate", "deactivate"}, mode) {
			return skipped, nil
		}
	case Zapier:
		if mode == "test" || strings.HasPrefix(status, "test") {
			return test, nil
		}
	}
	for _, o := range []outcome{succeeded, failed, open} {
		if slices.Contains(words[t.platform][o], status) {
			return o, nil
		}
	}
	return skipped, &RefusedError{Line: r.line, Message: fmt.Sprintf("the status %q is none that %s has", r.cell(t.status), t.platform),
		Hint: "known are " + strings.Join(slices.Concat(words[t.platform][succeeded], words[t.platform][failed], words[t.platform][open]), ", ")}
}

// finished is the outcome in a log of n8n from before it had a status.
func finished(text string, r row) (outcome, error) {
	switch text {
	case "true", "t", "1":
		return succeeded, nil
	case "false", "f", "0":
		return failed, nil
	}
	return skipped, &RefusedError{Line: r.line, Message: "a run has no status", Hint: "export the log again, with its column status"}
}
