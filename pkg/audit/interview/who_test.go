package interview_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/interview"
)

// asks begins an interview of which nothing is known yet.
func asks(_ *interview.Session, s *interview.Start) { s.Department, s.With = "", nil }

func TestASlipInTheNameIsMendedByGoingBack(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: []answer{once(says("department", "Sales")), once(says("with", "Mraia")), once(does("by", interview.Back)), once(says("with", "María"))}}
	file, complete := talk(t, m, p, asks)
	w := load(t, m)
	if file != "interviews/2026-11-02-sales-maria.yaml" || !complete || len(w.Interviews) != 1 {
		t.Fatalf("file %s, complete %t:\n%s", file, complete, everything(t, m))
	}
	if got := keysOf(p.asked)[:5]; !slices.Equal(got, []string{"department", "with", "by", "with", "by"}) {
		t.Errorf("asked %v", got)
	}
	if p.asked[3].Old.Text != "Mraia" || strings.Contains(everything(t, m), "Mraia") {
		t.Errorf("the old name is offered as %q:\n%s", p.asked[3].Old.Text, everything(t, m))
	}
}

func TestWhoAndWhereCanBeMendedAtTheEnd(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: append([]answer{says("whose", "own")}, usual()...)}
	// From the summary all the way back to the department.
	back := false
	p.before = func(q interview.Prompt) {
		if q.Key == "summary" && !back {
			back = true
			p.steps = slices.Repeat([]interview.Act{interview.Back}, 24)
			p.answers = append([]answer{once(says("department", "logistics")), once(says("with", "María, José"))}, p.answers...)
		}
	}
	file, complete := talk(t, m, p, nil)
	f := flowOf(t, m, "web-orders-typed")
	if !complete || f.Department != "logistics" || !slices.Equal(f.People, []string{"María", "José"}) || f.Effort.Whose == audit.Own {
		t.Errorf("complete %t: %s", complete, everything(t, m))
	}
	if file != "interviews/2026-11-02-sales-maria.yaml" {
		t.Errorf("a file with flows in it was named anew: %s", file)
	}
}

func TestADepartmentThatNobodyKnowsIsAskedWhatEverybodyIs(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: []answer{does("department", interview.NotKnown), says("with", "Iñaki")}}
	file, complete := talk(t, m, p, asks)
	if got, want := keysOf(p.asked), []string{"department", "with", "by", "role", "last-copied", "own-sheet", "summary"}; !slices.Equal(got, want) || !complete {
		t.Errorf("complete %t, asked %v", complete, got)
	}
	if file != "interviews/2026-11-02-inaki.yaml" {
		t.Error(file)
	}
}

func TestBackLeadsFromANewInterviewToThoseThatAreUnfinished(t *testing.T) {
	m := workspace(shop, "interviews/2026-11-01-sales-jose.yaml", "interview: {date: 2026-11-01, with: José, department: sales, complete: false}\n")
	p := &person{answers: []answer{once(says("resume", "new")), once(does("department", interview.Back)), says("resume", "interviews/2026-11-01-sales-jose.yaml"), does("by", interview.Leave)}}
	file, _ := talk(t, m, p, asks)
	if got := keysOf(p.asked); !slices.Equal(got, []string{"resume", "department", "resume", "by"}) || file != "interviews/2026-11-01-sales-jose.yaml" {
		t.Errorf("%s: asked %v", file, got)
	}
}

func TestAnInterviewNeedsAName(t *testing.T) {
	p := &person{answers: []answer{once(does("with", interview.NotKnown)), once(says("with", "47")), once(says("with", "El de los martes"))}}
	file, _ := talk(t, workspace(shop), p, func(_ *interview.Session, s *interview.Start) { s.With = nil })
	if p.asked[1].Refused == "" || p.asked[2].Refused == "" || file != "interviews/2026-11-02-sales-el-de-los-martes.yaml" {
		t.Errorf("%s: refused %q and %q", file, p.asked[1].Refused, p.asked[2].Refused)
	}
}

func TestAFolderThatCannotBeWrittenKeepsTheName(t *testing.T) {
	m := workspace(shop)
	full := true
	p := &person{answers: []answer{once(says("with", "María"))}}
	p.before = func(q interview.Prompt) {
		if q.Refused != "" { // somebody makes room, and Enter tries again
			full = false
		}
	}
	file, complete := talk(t, m, p, func(s *interview.Session, start *interview.Start) {
		start.With, s.Update = nil, func(change func(audit.Workspace) ([]audit.FileChange, error)) (audit.Workspace, error) {
			if full {
				return audit.Workspace{}, errors.New("no space left on device")
			}
			return m.Update(change)
		}
	})
	if q := p.asked[1]; q.Key != "with" || q.Old.Text != "María" || !strings.Contains(q.Refused, "no space left") || !complete || file != "interviews/2026-11-02-sales-maria.yaml" {
		t.Errorf("%s, complete %t: %s %q, refused %q", file, complete, q.Key, q.Old.Text, q.Refused)
	}
}

func TestPeopleAreOfferedByName(t *testing.T) {
	m := workspace(shop, "interviews/2026-11-01-sales-jose.yaml", before)
	p := &person{answers: []answer{says("with", "jose")}}
	talk(t, m, p, func(_ *interview.Session, s *interview.Start) { s.With = nil })
	if o := p.asked[0].Options; len(o) != 1 || o[0].Text != "José" {
		t.Errorf("offered: %v", o)
	}
	if w := load(t, m); w.Interviews[1].With[0] != "José" {
		t.Errorf("jose is somebody else: %+v", w.Interviews[1])
	}
}

func TestAFlowThatOthersDescribedIsOfferedByName(t *testing.T) {
	m := workspace(shop, "interviews/2026-11-01-sales-jose.yaml", before)
	p := &person{answers: append([]answer{once(says("sal1", "web orders typed into the erp"))}, usual()...)}
	given := false
	p.before = func(q interview.Prompt) {
		given = given || strings.HasSuffix(q.Key, ".whose")
		if shown := q.Text + q.Help + q.Beside + q.Old.Text; !given && (strings.Contains(shown, "37.5") || strings.Contains(shown, "4,321") || strings.Contains(shown, "7.25")) {
			t.Errorf("%s shows what José said: %s", q.Key, shown)
		}
	}
	// Its ends are known; what is asked is this person's part.
	talk(t, m, p, func(s *interview.Session, _ *interview.Start) { s.Beside = hoursBeside })
	i := slices.Index(keysOf(p.asked), "sal1")
	if got := keysOf(p.asked)[i+1]; got != "web-orders.how" {
		t.Errorf("asked next: %s", got)
	}
	if q := p.asked[i]; !q.AsTyped || len(q.Options) != 1 || q.Options[0].Text != "Web orders typed into the ERP" {
		t.Errorf("offered: %+v", q.Options)
	}
	if w, f := load(t, m), flowOf(t, m, "web-orders"); len(f.Efforts) != 2 || f.Name != "Web orders typed into the ERP" || len(w.Flows) != 2 {
		t.Errorf("%s", everything(t, m))
	}
}

// hoursBeside shows the hours of flows as the interview states them.
func hoursBeside(w audit.Workspace, flows []audit.Flow) string {
	var b strings.Builder
	for _, f := range flows {
		b.WriteString(f.ID + " " + f.Effort.HoursPerWeek.String() + f.Volume.Records.String() + "\n")
	}
	return b.String()
}

func TestABeginningOfAFlowsNameIsAskedBack(t *testing.T) {
	m := workspace(shop, "interviews/2026-11-01-sales-jose.yaml", before)
	p := &person{answers: []answer{once(says("sal1", "Web orders")), once(says("sal1", "Web orders typed into the ERP")), once(says("sal1/web-orders", "Web orders by fax"))}}
	// Back over what is taken from others: same, to, from, the type of data.
	p.before = func(q interview.Prompt) {
		if q.Key == "web-orders.how" && len(p.asked) < 10 {
			p.steps = slices.Repeat([]interview.Act{interview.Back}, 5)
		}
	}
	talk(t, m, p, nil)
	i := slices.Index(keysOf(p.asked), "sal1")
	if got := p.asked[i+1].Refused; !strings.Contains(got, "Web orders typed into the ERP") || !strings.Contains(got, "+Web orders") {
		t.Errorf("asked back with %q", got)
	}
	// It was another one after all: it gets a name and an id of its own.
	if f := flowOf(t, m, "web-orders-by-fax"); f.Name != "Web orders by fax" || f.From != "shop" || len(flowOf(t, m, "web-orders").Efforts) != 1 {
		t.Errorf("%s", everything(t, m))
	}
}

func TestHowANumberIsKnownIsAskedWithTheFirstOfAnErrorPoint(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: append([]answer{once(says("web-orders-typed.errors", "Wrong SKU")), does("rate", interview.NotKnown), knows("fix", "20", "measured"), says("cost", "3"), says("found", "customer")}, usual()...)}
	talk(t, m, p, nil)
	bases := map[string]bool{}
	for _, q := range p.asked {
		if i := strings.LastIndex(q.Key, "."); i >= 0 {
			bases[q.Key[i+1:]] = len(q.Bases) > 0
		}
	}
	if f := flowOf(t, m, "web-orders-typed"); !bases["rate"] || !bases["fix"] || bases["cost"] || f.Errors[0].Basis != audit.Measured {
		t.Errorf("asked with %v: %+v", bases, f.Errors)
	}
}
