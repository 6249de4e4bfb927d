package advise_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// TestPatternsExpectedFromTheSources reads the combinations that were written
// down from the sources before the decision was coded.
func TestPatternsExpectedFromTheSources(t *testing.T) {
	file, err := os.Open(filepath.Join("testdata", "patterns.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	seen := map[advise.Answers]bool{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		a := advise.Answers{Owner: f[0], Latency: f[1], Webhook: f[2], Consumers: f[3], Load: f[4], Loss: f[5], Interface: f[6]}
		if !possible(a) || seen[a] {
			t.Errorf("%v: no answers, or twice the same", f)
		}
		seen[a] = true
		got := advise.Decide(a)
		if string(got.Pattern) != f[7] || got.Split != (f[8] == "yes") {
			t.Errorf("%v: %s, split %v", f, got.Pattern, got.Split)
		}
	}
	if len(seen) != 40 {
		t.Errorf("%d combinations, want 40", len(seen))
	}
}

func possible(a advise.Answers) bool {
	for _, q := range advise.Questions() {
		if !strings.Contains(" "+strings.Join(q.Options, " ")+" ", " "+q.Of(a)+" ") {
			return false
		}
	}
	return true
}

// all gives every combination of answers.
func all() []advise.Answers {
	list := []advise.Answers{{}}
	for _, q := range advise.Questions() {
		var longer []advise.Answers
		for _, a := range list {
			for _, option := range q.Options {
				longer = append(longer, q.With(a, option))
			}
		}
		list = longer
	}
	return list
}

func TestEveryCombinationHasOnePatternAndWhatDecidesChangesIt(t *testing.T) {
	known := map[audit.Pattern]int{}
	for _, a := range all() {
		o := advise.Decide(a)
		known[o.Pattern]++
		if o.Rule == "" {
			t.Errorf("%+v: no rule decided", a)
		}
		deciding := map[string]bool{}
		for _, s := range advise.Deciding(a) {
			deciding[s.Question] = true
			changed := swapped(t, a, s.Question, s.Instead)
			if got := advise.Decide(changed); got.Pattern == o.Pattern && got.Split == o.Split || got != s.Outcome {
				t.Errorf("%+v: %s %s in place of %s gives %+v as before, or not %+v", a, s.Question, s.Instead, s.Answer, got, s.Outcome)
			}
		}
		for _, q := range advise.Questions() { // and what is not named does not
			for _, option := range q.Options {
				if got := advise.Decide(q.With(a, option)); !deciding[q.ID] && (got.Pattern != o.Pattern || got.Split != o.Split) {
					t.Errorf("%+v: %s is not named, but %s gives %+v", a, q.ID, option, got)
				}
			}
		}
	}
	if len(all()) != 288 {
		t.Errorf("%d combinations, want 3·3·2·2·2·2·2", len(all()))
	}
	for _, p := range advise.Patterns() {
		if known[p] == 0 {
			t.Errorf("no combination leads to %s", p)
		}
	}
}

func swapped(t *testing.T, a advise.Answers, question, answer string) advise.Answers {
	t.Helper()
	for _, q := range advise.Questions() {
		if q.ID == question {
			return q.With(a, answer)
		}
	}
	t.Fatalf("no question %q", question)
	return a
}

// landscape has a CRM and an ERP that call, a shop that calls, and a warehouse
// that can only be read.
func landscape() audit.Workspace {
	w := shop()
	w.Systems = append(w.Systems,
		audit.System{ID: "crm", Kind: audit.CRM, Interfaces: []audit.Interface{"api", "webhook"}},
		audit.System{ID: "store", Kind: audit.WMS, Interfaces: []audit.Interface{"database"}})
	return w
}

func patternOf(t *testing.T, w audit.Workspace, f audit.Flow, consumers ...string) audit.Pattern {
	t.Helper()
	m := graph.Map{Entities: []graph.Entity{{ID: f.Entity, Consumers: consumers}}}
	return advise.Candidates(w, m, shipped(t), f)[0].Pattern
}

func TestCustomersBetweenCRMAndERPAreSynchronisedWithAnOwnerAField(t *testing.T) {
	f := orders()
	f.From, f.Needs.Direction = "crm", audit.TwoWay
	f.Needs.Fields = []audit.FieldOwner{{Field: "phone", Owner: "crm"}, {Field: "credit-limit", Owner: "erp"}}
	if got := patternOf(t, landscape(), f, "erp"); got != audit.Sync {
		t.Errorf("%s, want sync", got)
	}
}

func TestShopOrdersArePushedOnReceipt(t *testing.T) {
	f := orders() // within minutes, from a shop that calls
	f.Needs.Loss = "none"
	if got := patternOf(t, landscape(), f, "erp"); got != audit.Push {
		t.Errorf("%s, want push", got)
	}
}

func TestWhatIsNotUrgentIsPulled(t *testing.T) {
	for _, latency := range []audit.Latency{"hourly", "daily", "weekly", ""} {
		for _, from := range []string{"store", "shop"} { // whether or not it could call
			f := orders()
			f.From, f.Needs.Latency = from, latency
			if got := patternOf(t, landscape(), f, "erp"); got != audit.Pull {
				t.Errorf("%q from %s: %s, want pull", latency, from, got)
			}
		}
	}
}

func TestMuchDataWantedSoonIsPublished(t *testing.T) {
	f := orders()
	f.Volume, f.Needs.Latency = aMonth(60000), "realtime"
	if got := patternOf(t, landscape(), f, "erp"); got != audit.PubSub {
		t.Errorf("%s, want pubsub", got)
	}
	// Few records are much for a target that takes one call in five minutes.
	f.Volume = aMonth(800)
	w := landscape()
	w.Systems[1].CallsPerMinute = stated(.2)
	// 800 / (5 days · 46 / 12 weeks · 8 h · 60 min) · 3 = 0.26 a minute > 0.7 · 0.2
	if got := patternOf(t, w, f, "erp"); got != audit.PubSub {
		t.Errorf("against a limit: %s, want pubsub", got)
	}
}

func TestTwoWayWithoutOwnersIsRefusedForTwoOneWayFlows(t *testing.T) {
	w, f := landscape(), orders()
	f.From, f.Needs.Direction = "crm", audit.TwoWay
	a := advise.New(w, graph.Map{}, shipped(t))
	all := a.Candidates(f)
	d := a.Explain(f, all, all[0])
	if d.Outcome.Pattern != audit.Push || !d.Outcome.Split || d.Outcome.Pattern == audit.Sync {
		t.Errorf("outcome %+v, want two one-way pushes", d.Outcome)
	}
	if len(d.Notes) == 0 || d.Notes[0].ID != "two-flows" {
		t.Errorf("notes %+v, want the two flows first", d.Notes)
	}
}

func TestTheClientsPatternHolds(t *testing.T) {
	f := orders()
	f.Solution.Pattern = audit.Pull
	if got := patternOf(t, landscape(), f); got != audit.Pull {
		t.Errorf("%s, want pull: the client decided", got)
	}
}
