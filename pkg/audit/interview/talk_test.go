package interview_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/audit/interview"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// shop is a workspace with a shop, an ERP and orders, of which all is known.
const shop = `version: 1
client: {name: Levante}
language: en
systems:
  - {id: shop, name: PrestaShop, kind: ecommerce}
  - {id: erp, name: Sage 50, kind: erp}
  - {id: inbox, name: Orders inbox, kind: email}
entities:
  - {id: order, name: Sales order, record: erp, personal_data: ordinary}
`

// person answers by the end of a question's key, the first that fits; whatever
// is not named gets the last resort.
type person struct {
	t       *testing.T
	answers []answer
	rest    func(q interview.Prompt) interview.Reply
	asked   []interview.Prompt
	told    []string
	before  func(q interview.Prompt) // called at each question
	steps   []interview.Act          // done before the answers, one a question: Back, or Answer for none
}

type answer struct {
	key   string // a whole key, or the end of one behind . or /
	reply interview.Reply
	used  *bool // once only
}

func says(key, text string) answer { return answer{key: key, reply: interview.Reply{Text: text}} }

func knows(key, text, basis string) answer {
	return answer{key: key, reply: interview.Reply{Text: text, Basis: basis}}
}

func does(key string, act interview.Act) answer {
	return answer{key: key, reply: interview.Reply{Act: act}}
}

func once(a answer) answer {
	a.used = new(bool)
	return a
}

func (p *person) Tell(text string) error {
	p.told = append(p.told, text)
	return nil
}

func (p *person) Ask(ctx context.Context, q interview.Prompt) (interview.Reply, error) {
	if len(p.asked) > 400 {
		p.t.Fatalf("still asking after 400 questions: %s, %s", q.Key, q.Refused)
	}
	p.asked = append(p.asked, q)
	if strings.Contains(q.Text+q.Help+q.Refused+q.Heading+q.Beside, "‹") {
		p.t.Errorf("%s: words are missing: %+v", q.Key, q)
	}
	if p.before != nil {
		p.before(q)
	}
	if len(p.steps) > 0 {
		act := p.steps[0]
		p.steps = p.steps[1:]
		if act == interview.Back {
			return interview.Reply{Act: interview.Back}, nil
		}
	}
	for _, a := range p.answers {
		fits := q.Key == a.key || strings.HasSuffix(q.Key, "."+a.key) || strings.HasSuffix(q.Key, "/"+a.key)
		if !fits || a.used != nil && *a.used {
			continue
		}
		if a.used != nil {
			*a.used = true
		}
		if q.Refused != "" && a.used == nil {
			p.t.Fatalf("%s: %q was refused: %s", q.Key, a.reply.Text, q.Refused)
		}
		return a.reply, nil
	}
	return p.rest(q), nil
}

// keeps takes what stands there already, else says "nothing" or "I don't know".
func keeps(q interview.Prompt) interview.Reply {
	switch {
	case q.Old.Text != "" || q.Old.Act != interview.Answer:
		return q.Old
	case q.Key == "summary":
		return interview.Reply{Text: "right"}
	case q.Nothing:
		return interview.Reply{Act: interview.Nothing}
	}
	return interview.Reply{Act: interview.NotKnown}
}

// usual describes one flow on its usual way, told at the fifth question of
// sales.
func usual() []answer {
	return []answer{
		says("by", "Ana"), once(says("sal5", "Web orders typed")), says("new.entity", "order"), says("new.from", "PrestaShop"), says("new.to", "Sage 50"),
		says("how", "typed"), says("runs", "40 a day"), knows("minutes", "1 3 1.5", "counted"), says("whose", "own"),
		knows("volume", "1,200", "counted"), does("errors", interview.Nothing), says("absence", "waits"), says("latency", "daily"),
	}
}

// usualAnew is the same where others have described a flow that is called nearly
// so.
func usualAnew() []answer {
	all := usual()
	all[1] = once(says("sal5", "+Web orders typed"))
	return all
}

// memory is a workspace that is on no disk. Update is audit.Update without the
// disk.
type memory struct{ files []audit.Source }

func workspace(main string, files ...string) *memory {
	m := &memory{[]audit.Source{{Name: "flowmap.yaml", Text: []byte(main)}}}
	for i := 0; i < len(files); i += 2 {
		m.files = append(m.files, audit.Source{Name: files[i], Text: []byte(files[i+1])})
	}
	return m
}

func (m *memory) Update(change func(audit.Workspace) ([]audit.FileChange, error)) (audit.Workspace, error) {
	before, err := audit.New(m.files)
	if err != nil {
		return before, err
	}
	changes, err := change(before)
	if err != nil {
		return before, err
	}
	files := slices.Clone(m.files)
	for _, c := range changes {
		i := slices.IndexFunc(files, func(f audit.Source) bool { return f.Name == c.Name })
		if c.Delete {
			files = slices.Delete(files, i, i+1)
			continue
		}
		if i < 0 {
			i, files = len(files), append(files, audit.Source{Name: c.Name})
		}
		if c.Text != nil {
			files[i].Text = c.Text
		} else if files[i].Text, err = audit.Edit(files[i].Text, c.Changes...); err != nil {
			return before, err
		}
	}
	after, err := audit.New(files)
	if err == nil {
		m.files = files
	}
	return after, err
}

// facts are read once for all tests.
var facts = sync.OnceValues(catalogue.Load)

// talk holds an interview and returns its file's name and whether it is
// complete.
func talk(t *testing.T, m *memory, p *person, change func(*interview.Session, *interview.Start)) (string, bool) {
	t.Helper()
	p.t = t
	if p.rest == nil {
		p.rest = keeps
	}
	w := load(t, m)
	printer, err := lang.New(w.Language)
	if err != nil {
		t.Fatal(err)
	}
	c, err := facts()
	if err != nil {
		t.Fatal(err)
	}
	s := interview.Session{Asker: p, Printer: printer, Catalogue: c, Update: m.Update}
	start := interview.Start{Date: "2026-11-02", Department: "sales", With: []string{"María"}}
	if change != nil {
		change(&s, &start)
	}
	file, complete, err := s.Run(context.Background(), w, start)
	if err != nil {
		t.Fatal(err)
	}
	return file, complete
}

func load(t *testing.T, m *memory) audit.Workspace {
	t.Helper()
	w, err := audit.New(m.files)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func keysOf(asked []interview.Prompt) []string {
	keys := make([]string, len(asked))
	for i, q := range asked {
		keys[i] = q.Key
	}
	return keys
}

// everything is all files of a workspace, for comparing.
func everything(t *testing.T, m *memory) string {
	t.Helper()
	var b strings.Builder
	for _, f := range load(t, m).Files() {
		b.WriteString("-- " + f.Name + " --\n" + string(f.Text))
	}
	return b.String()
}

func flowOf(t *testing.T, m *memory, id string) audit.Flow {
	t.Helper()
	f, ok := load(t, m).Flow(id)
	if !ok {
		t.Fatalf("there is no flow %q in %s", id, everything(t, m))
	}
	return f
}

func TestAFlowOnItsUsualWayTakesTwelveQuestions(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: usual()}
	file, complete := talk(t, m, p, nil)
	if file != "interviews/2026-11-02-sales-maria.yaml" || !complete {
		t.Errorf("file %s, complete %t", file, complete)
	}
	keys := keysOf(p.asked)
	first := slices.Index(keys, "sal5")
	last := slices.Index(keys, "web-orders-typed.latency")
	want := []string{"sal5", "new.entity", "new.from", "new.to", "web-orders-typed.how", "web-orders-typed.runs", "web-orders-typed.minutes",
		"web-orders-typed.whose", "web-orders-typed.volume", "web-orders-typed.errors", "web-orders-typed.absence", "web-orders-typed.latency"}
	if got := keys[first : last+1]; !slices.Equal(got, want) || len(got) > 12 {
		t.Errorf("%d questions: %v", len(got), got)
	}
	// 40 a day of 1 to 3 minutes, usually 1.5: (1 + 6 + 3)/6 = 1.667 minutes, 5 days a week.
	f := flowOf(t, m, "web-orders-typed")
	if hours := load(t, m).Cost(f).HoursPerWeek; hours < 5.55 || hours > 5.56 {
		t.Errorf("%.3f hours a week, want 200 × 1.667 / 60 = 5.556", hours)
	}
	if f.Effort.Basis != audit.Counted || f.Effort.Whose != audit.Own || f.Volume.Records.String() != "1200/month" || f.Errors == nil || f.Absence != "waits" {
		t.Errorf("stated: %+v", f)
	}
}

func TestEachDepartmentIsAskedAllItsOpeningQuestions(t *testing.T) {
	for department, questions := range map[string]int{"administration": 5, "logistics": 5, "sales": 5, "purchasing": 4, "finance": 4, "hr": 3, "service": 3, "it": 2, "Quality": 0} {
		p := &person{}
		_, complete := talk(t, workspace(shop), p, func(_ *interview.Session, s *interview.Start) { s.Department = department })
		// Who asks, the person's job, those of the department, two for everybody, the summary.
		if got := len(p.asked); got != questions+5 || !complete {
			t.Errorf("%s: %d questions, want %d: %v", department, got, questions+5, keysOf(p.asked))
		}
	}
}

func TestWhereAnInterviewStandsFollowsFromTheDisk(t *testing.T) {
	m := workspace(shop)
	errors := []answer{once(says("web-orders-typed.errors", "Wrong SKU typed")), knows("rate", "2", "counted"), says("fix", "20"), says("cost", "15"), says("found", "Sage 50")}
	p := &person{answers: append(errors, usual()...)}
	p.before = func(q interview.Prompt) {
		leaver := &person{t: t}
		leaver.rest = func(again interview.Prompt) interview.Reply {
			if again.Key == "resume" {
				return again.Old
			}
			if again.Key != q.Key {
				t.Errorf("a new sitting begins at %s, want %s", again.Key, q.Key)
			}
			return interview.Reply{Act: interview.Leave}
		}
		talk(t, m, leaver, nil)
	}
	if _, complete := talk(t, m, p, func(_ *interview.Session, s *interview.Start) { s.By = "Ana" }); !complete {
		t.Error("not complete")
	}
	f := flowOf(t, m, "web-orders-typed")
	if len(f.Errors) != 1 || f.Errors[0].Rate.String() != "2%" || f.Errors[0].FoundIn != "erp" || f.Errors[0].Cost.String() != "15" {
		t.Errorf("error points: %+v", f.Errors)
	}
}

func TestBackAsOftenAsOneLikes(t *testing.T) {
	script := func() []answer {
		return append([]answer{once(says("web-orders-typed.errors", "Wrong SKU typed")), knows("rate", "2", "counted"), says("fix", "20"), does("cost", interview.NotKnown), says("found", "customer")}, usual()...)
	}
	plain := &person{answers: script()}
	m := workspace(shop)
	talk(t, m, plain, nil)
	want, n := everything(t, m), len(plain.asked)
	for _, times := range []int{2, 100} {
		for at := 1; at < n; at += 5 {
			p := &person{answers: script(), steps: slices.Concat(slices.Repeat([]interview.Act{interview.Answer}, at), slices.Repeat([]interview.Act{interview.Back}, times))}
			// What was answered once is there again: the person only confirms it.
			for i := range p.answers {
				p.answers[i] = once(p.answers[i])
			}
			m := workspace(shop)
			if _, complete := talk(t, m, p, nil); !complete {
				t.Errorf("back %d times at question %d: not complete", times, at)
			}
			if got := everything(t, m); got != want {
				t.Fatalf("back %d times at question %d (%s): the files differ:\n%s\nwant\n%s", times, at, plain.asked[at].Key, got, want)
			}
		}
	}
}

// knowsNothing is somebody to whom nothing comes to mind, and who knows nothing.
func knowsNothing(q interview.Prompt) interview.Reply {
	if strings.HasPrefix(q.Key, "sal") || q.Key == "last-copied" || q.Key == "own-sheet" {
		return interview.Reply{Act: interview.Nothing}
	}
	return interview.Reply{Act: interview.NotKnown}
}

func TestNobodyKnowsAnything(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: []answer{once(says("sal1", "Something copied")), says("summary", "right")}, rest: knowsNothing}
	file, complete := talk(t, m, p, nil)
	w := load(t, m)
	i, _ := w.Interview(file)
	if !complete || !slices.Contains(i.NotKnown, "something-copied.effort") || !slices.Contains(i.NotKnown, "something-copied.errors") {
		t.Errorf("complete %t, not known: %q", complete, i.NotKnown)
	}
	if summary := p.asked[len(p.asked)-1].Beside; !strings.Contains(summary, "Worth asking next") || !strings.Contains(summary, "where does it come from") {
		t.Errorf("the summary names no open points: %s", summary)
	}
}

func TestAnAutomatedFlowIsNotAskedForHours(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: append([]answer{once(says("how", "typed")), once(says("summary", "web-orders-typed"))}, usual()...)}
	// Told as typed first, with hours; at the summary it turns out to run by itself.
	seen := 0
	p.before = func(q interview.Prompt) {
		if q.Key == "summary" {
			seen++
			p.answers = append([]answer{says("how", "automated")}, p.answers...)
		}
	}
	talk(t, m, p, nil)
	f := flowOf(t, m, "web-orders-typed")
	if seen != 2 || f.How != audit.Automated || f.Effort.Stated() || f.Effort.Basis != "" || f.Absence != "" || !f.Volume.Records.Stated() {
		t.Errorf("%d summaries; stated: %+v", seen, f)
	}
}

func TestATwoWayFlowSaysWhoOwnsEachField(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: append([]answer{says("how", "both"), says("fields-from", "phone, e-mail"), says("fields-to", "credit limit")}, usual()...)}
	talk(t, m, p, nil)
	f := flowOf(t, m, "web-orders-typed")
	var owners []string
	for _, o := range f.Needs.Fields {
		owners = append(owners, o.Field+"="+o.Owner)
	}
	if f.Needs.Direction != audit.TwoWay || !slices.Equal(owners, []string{"phone=shop", "e-mail=shop", "credit limit=erp"}) {
		t.Errorf("direction %s, fields %q", f.Needs.Direction, owners)
	}
}

// before is what José said: 40 hours, and an error.
const before = `interview: {date: 2026-11-01, with: José, department: sales, complete: true}
flows:
  - id: web-orders
    name: Web orders typed into the ERP
    entity: order
    from: shop
    to: erp
    effort: {hours_per_week: 37.5, whose: own}
    volume: 4321/month
    errors: [{id: wrong-sku, what: Wrong SKU typed, rate: 7.25%}]
`

func TestAFlowThatSomebodyDescribedGetsASecondStatement(t *testing.T) {
	m := workspace(shop, "interviews/2026-11-01-sales-jose.yaml", before)
	p := &person{answers: append([]answer{says("same", "web-orders"), once(says("web-orders.errors", "Wrong SKU typed")), knows("rate", "2", "counted")}, usualAnew()...)}
	given := false
	p.before = func(q interview.Prompt) {
		given = given || strings.HasSuffix(q.Key, ".whose")
		if shown := q.Text + q.Help + q.Beside + q.Old.Text; !given && (strings.Contains(shown, "37.5") || strings.Contains(shown, "4,321") || strings.Contains(shown, "7.25")) {
			t.Errorf("%s shows what José said: %s", q.Key, shown)
		}
	}
	talk(t, m, p, func(s *interview.Session, _ *interview.Start) {
		s.Beside = hoursBeside
	})
	w := load(t, m)
	f := flowOf(t, m, "web-orders")
	if len(w.Flows) != 1 || len(f.Efforts) != 2 || f.Name != "Web orders typed into the ERP" || len(f.Errors) != 1 || len(f.Errors[0].Rates) != 2 {
		t.Errorf("%d flows; %+v", len(w.Flows), f)
	}
	for _, found := range w.Findings {
		if field := found.Args[2].IDs; found.ID == "FM018" && !slices.Contains(field, "volume") && found.Args[2].Text != "volume" {
			t.Errorf("the second statement differs in more than numbers: %+v", found)
		}
	}
	if i := slices.IndexFunc(p.asked, func(q interview.Prompt) bool { return q.Key == "web-orders.errors" }); p.asked[i].Options[0].ID != "wrong-sku" {
		t.Errorf("what was told already is not offered first: %+v", p.asked[i].Options)
	}
}

func TestTwoFlowsWithTheSameEndsMayBeTwo(t *testing.T) {
	m := workspace(shop, "interviews/2026-11-01-sales-jose.yaml", before)
	p := &person{answers: append([]answer{once(says("same", "web-orders")), once(says("summary", "web-orders")), says("same", "new")}, usualAnew()...)}
	talk(t, m, p, nil)
	w := load(t, m)
	if len(w.Flows) != 2 || len(flowOf(t, m, "web-orders").Efforts) != 1 || flowOf(t, m, "web-orders-typed").Name != "Web orders typed" {
		t.Errorf("%s", everything(t, m))
	}
}

func TestWhatAnArchetypeBroughtIsConfirmedAsItComesUp(t *testing.T) {
	text, err := interview.Setup{Client: "Levante", Language: "es", Currency: "EUR", Template: "wholesale"}.Workspace()
	if err != nil {
		t.Fatal(err)
	}
	m := workspace(string(text))
	p := &person{answers: append([]answer{says("new.entity", "pedido"), says("new.from", "correo"), says("new.to", "erp"), says("system-name", "Sage 50"), says("volume", "1.200"), says("minutes", "1 3 1,5"), says("runs", "40 al día")}, usual()...)}
	talk(t, m, p, nil)
	w := load(t, m)
	erp, _ := w.System("erp")
	inbox, _ := w.System("correo")
	order, _ := w.Entity("pedido")
	bank, _ := w.System("banco")
	if erp.Name != "Sage 50" || erp.Product != "sage" || erp.Confirmed != audit.Yes || inbox.Confirmed != audit.Yes || order.Confirmed != audit.Yes || order.Record != "erp" {
		t.Errorf("%+v\n%+v\n%+v", erp, inbox, order)
	}
	if bank.Confirmed != audit.No {
		t.Error("the bank did not come up and is confirmed")
	}
	if want := []audit.Answer{audit.Yes, audit.No, audit.No, audit.No, audit.No}; !slices.Equal(confirmed(w), want) {
		t.Errorf("departments %v confirmed, want that of the interview: %+v", confirmed(w), w.Departments)
	}
}

// confirmed tells of each department that the workspace lists whether it is.
func confirmed(w audit.Workspace) []audit.Answer {
	var all []audit.Answer
	for _, d := range w.Departments {
		all = append(all, d.Confirmed)
	}
	return all
}

func TestADepartmentThatIsListedIsOfferedFirstAndConfirmedAtTheEnd(t *testing.T) {
	m := workspace("version: 1\nlanguage: es\ndepartments:\n  - {name: Taller, confirmed: false}\n  - {name: Ventas, confirmed: false} # en su idioma\n")
	p := &person{answers: []answer{says("department", "ventas"), says("summary", "right")}, rest: knowsNothing}
	_, complete := talk(t, m, p, func(_ *interview.Session, s *interview.Start) { s.Department = "" })
	first := p.asked[0]
	if first.Key != "department" || first.Options[0].Text != "Taller" || first.Options[1] != (interview.Option{ID: "sales", Text: "ventas"}) || len(first.Options) < 8 {
		t.Errorf("%s is asked with %+v", first.Key, first.Options)
	}
	sales := 0
	for _, o := range first.Options {
		if strings.EqualFold(o.Text, "ventas") {
			sales++
		}
	}
	w := load(t, m)
	if !complete || sales != 1 || !slices.Equal(confirmed(w), []audit.Answer{audit.No, audit.Yes}) || w.Interviews[0].Department != "sales" {
		t.Errorf("sales is offered %d times; %s", sales, everything(t, m))
	}

	// Left before the end: nobody can rely on it yet.
	m = workspace("version: 1\nlanguage: es\ndepartments:\n  - {name: sales, confirmed: false}\n")
	talk(t, m, &person{answers: []answer{once(says("department", "sales"))}, rest: func(q interview.Prompt) interview.Reply {
		return interview.Reply{Act: interview.Leave}
	}}, nil)
	if !slices.Equal(confirmed(load(t, m)), []audit.Answer{audit.No}) {
		t.Errorf("confirmed before the end: %s", everything(t, m))
	}
}

func TestTheSummaryNamesFirstWhatIsWorthMost(t *testing.T) {
	copies := func() *person {
		return &person{answers: []answer{once(says("sal1", "Something copied")), says("summary", "right")}, rest: knowsNothing}
	}
	p, plain := copies(), copies()
	talk(t, workspace(shop), p, func(s *interview.Session, _ *interview.Start) {
		s.Order = func(_ audit.Workspace, points []audit.OpenPoint) []audit.OpenPoint {
			if len(points) < 3 {
				t.Errorf("points %v", points)
			}
			slices.Reverse(points)
			return points
		}
	})
	talk(t, workspace(shop), plain, nil)
	turned, asIs := openLinesOf(p), openLinesOf(plain)
	if len(asIs) < 3 || slices.Equal(turned, asIs) {
		t.Errorf("in order %q, in another %q", asIs, turned)
	}
}

func openLinesOf(p *person) []string {
	_, open, _ := strings.Cut(p.asked[len(p.asked)-1].Beside, "Worth asking next")
	return strings.Split(open, "\n")
}

func TestTheHeadingSaysHowFarTheInterviewIs(t *testing.T) {
	p := &person{answers: []answer{once(says("sal1", "Web orders typed")), says("summary", "right")}, rest: knowsNothing}
	talk(t, workspace(shop), p, nil)
	headings := map[string]string{}
	for _, q := range p.asked {
		headings[q.Key] = q.Heading
	}
	// Five questions of sales, then two for everybody.
	for key, want := range map[string]string{
		"by":                   "sales",
		"sal1":                 "sales · topic 1 of 7",
		"new.from":             "sales · topic 1 of 7 · Web orders typed",
		"web-orders-typed.how": "sales · topic 1 of 7 · Web orders typed",
		"sal2":                 "sales · topic 2 of 7",
		"own-sheet":            "sales · topic 7 of 7",
		"summary":              "sales · summary",
	} {
		if headings[key] != want {
			t.Errorf("%s has the heading %q, want %q", key, headings[key], want)
		}
	}

	// What belongs to a system is asked under its flow, or at the end of all.
	text, err := interview.Setup{Client: "A", Language: "en", Currency: "EUR", Template: "wholesale"}.Workspace()
	if err != nil {
		t.Fatal(err)
	}
	p = &person{answers: []answer{once(says("adm1", "Post typed")), says("new.to", "erp"), says("summary", "right")}, rest: keeps}
	talk(t, workspace(string(text)), p, func(_ *interview.Session, s *interview.Start) { s.Department = "administration" })
	under := map[string]bool{}
	for _, q := range p.asked {
		if strings.HasPrefix(q.Key, "erp/") {
			under[q.Heading] = true
		}
	}
	if len(under) != 2 || !under["administration · topic 1 of 7 · Post typed"] || !under["administration · last questions"] {
		t.Errorf("the ERP is asked about under %v", under)
	}
}

func TestNewThingsAreMadeOnTheSpot(t *testing.T) {
	m := workspace("version: 1\nclient: {name: New}\n")
	p := &person{answers: append([]answer{says("new.entity", "Sales order"), says("new.from", "e-mail"), says("new.to", "Sage 50"), says("record", "Sage 50")}, usual()...)}
	file, _ := talk(t, m, p, nil)
	w := load(t, m)
	mail, _ := w.System("e-mail")
	sage, _ := w.System("sage-50")
	order, _ := w.Entity("sales-order")
	if mail.Kind != audit.Email || sage.Product != "sage" || sage.Kind != audit.ERP || order.Record != "sage-50" {
		t.Errorf("%+v\n%+v\n%+v", mail, sage, order)
	}
	if at := w.Place("system", "sage-50", "id").File; at != file {
		t.Errorf("what came up in the interview stands in %s, want %s", at, file)
	}
}

func TestSeveralPeopleAtOnceSpeakOfAllHours(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: usual()}
	talk(t, m, p, func(_ *interview.Session, s *interview.Start) { s.With = []string{"María", "José"} })
	f := flowOf(t, m, "web-orders-typed")
	if slices.Contains(keysOf(p.asked), "web-orders-typed.whose") || f.Effort.Whose == audit.Own || !slices.Equal(f.People, []string{"María", "José"}) {
		t.Errorf("whose %q, people %q", f.Effort.Whose, f.People)
	}
}

func TestAWeekThatIsTooFullIsRemarked(t *testing.T) {
	m := workspace(shop)
	p := &person{answers: append([]answer{does("runs", interview.NotKnown), knows("hours", "38", "guessed")}, usual()...)}
	talk(t, m, p, nil)
	if summary := p.asked[len(p.asked)-1].Beside; !strings.Contains(summary, "38.0\u00a0h of a week of 40") {
		t.Errorf("the summary passes over 38 hours of 40: %s", summary)
	}
}
