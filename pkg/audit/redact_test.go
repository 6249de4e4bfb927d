package audit_test

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

const people = `version: 1
client: {name: Levante}
platforms: {technical_owner: Jordi}
brand: {name: Levante Consultores}
roles: [{id: admin, name: Administrative assistant, notes: Maria trains them}]
systems: [{id: shop, name: Shop of Luis, owner: Marketing}, {id: erp, owner: Luis, notes: ask LUIS}]
entities: [{id: order, notes: Maria knows}]
flows:
  - id: orders
    name: Orders that María types
    entity: order
    from: shop
    to: erp
    people: [María López, José]
    role: admin
    owner: Ana
    department: sales
    effort: {hours_per_week: 8}
    errors: [{what: JOSE mistypes, found_in: erp}]
    fallback: Luis phones
    notes: "Maria López, Jose\u0301 and José do it; rosa is a colour, Josefina is nobody, lopez of the north"
    needs: {residency: where Ana says}
accepted: [{finding: FM009, person: María López, by: Ana, why: José is being trained}]
`

// texts lists all strings that a value holds, by reflection, unexported too.
func texts(v reflect.Value, path string, all map[string]string) {
	switch v.Kind() {
	case reflect.String:
		all[path] = v.String()
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), path+"."+v.Type().Field(i).Name, all)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			all[path] = string(v.Bytes())
			return
		}
		for i := range v.Len() {
			texts(v.Index(i), fmt.Sprintf("%s[%d]", path, i), all)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			texts(k, path+" key", all)
			texts(v.MapIndex(k), fmt.Sprintf("%s[%v]", path, k), all)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), path, all)
		}
	}
}

func redacted(t *testing.T) (before, after audit.Workspace) {
	t.Helper()
	before = parse(t, "flowmap.yaml", people,
		"interviews/2026-11-02-maria.yaml", "interview: {date: 2026-11-02, by: Ana, with: María López, role: admin}\nflows: [{id: orders, every: daily, volume: 5/day}]\n",
		"interviews/2026-11-03-jose.yaml", "interview: {date: 2026-11-03, by: Ana, with: [José]}\nflows: [{id: orders, every: weekly, notes: Ana asked, owner: Carmen}]\n",
		"scenarios/without-jose.yaml", "name: José leaves\nset: {flows.orders.owner: Luis}\n",
		"catalogue.yaml", "platforms: [{id: make, tiers: [{id: core, source: quote to Jordi}]}]\n")
	return before, before.Redact("Person")
}

func TestNoNameSurvivesRedaction(t *testing.T) {
	before, after := redacted(t)
	name := regexp.MustCompile(`(?i)\b(mar[ií]a|l[oó]pez|jose|luis|ana|jordi|carmen)\b|\bjosé|JOSE\x{301}|jose\x{301}`)
	all := map[string]string{}
	texts(reflect.ValueOf(after), "", all)
	if len(all) < 50 {
		t.Fatalf("%d texts walked", len(all))
	}
	for path, text := range all {
		// In a text, lopez with a small letter may be a place.
		if left := name.FindString(strings.ReplaceAll(text, "lopez of the north", "")); left != "" {
			t.Errorf("%s holds %q: %q", path, left, text)
		}
	}
	if found := before.Accepted[0].Person; found != "María López" {
		t.Errorf("the workspace itself has changed: %q", found)
	}
}

func TestRedactionKeepsWhatIsNoName(t *testing.T) {
	_, w := redacted(t)
	f := flow(t, w, "orders")
	for _, x := range []struct{ what, got, want string }{
		{"a role tells who", f.People[0], "Administrative assistant 1"},
		{"two of a role are told apart", f.People[1], "Administrative assistant 2"},
		{"without a role", f.Owner, "Person 1"},
		{"a first name alone", f.Name, "Orders that Administrative assistant 1 types"},
		{"words that only look like names", f.Notes, "Administrative assistant 1, Administrative assistant 2 and Administrative assistant 2 do it; rosa is a colour, Josefina is nobody, lopez of the north"},
		{"a department owns", w.Systems[0].Owner, "Marketing"},
		{"the client", w.Client.Name, "Levante"},
		{"a file", w.Interviews[0].File, "interviews/interview-1.yaml"},
		{"a place", w.Findings[0].Places[1].File, "interviews/interview-2.yaml"},
		{"an id", w.Accepted[0].Finding, "FM009"},
		{"the accepted person", w.Accepted[0].Person, "Administrative assistant 1"},
	} {
		if x.got != x.want {
			t.Errorf("%s: %q, want %q", x.what, x.got, x.want)
		}
	}
	if text, ok := w.File("catalogue.yaml"); !ok || !strings.Contains(string(text), "id: core") {
		t.Errorf("the catalogue is lost: %q", text)
	}
	if _, ok := w.File("flowmap.yaml"); ok {
		t.Error("the file with the names is kept")
	}
	if c := w.Cost(f); c.HoursPerWeek != 8 {
		t.Errorf("%v hours, want 8", c.HoursPerWeek)
	}
}

func TestRedactionOfFindings(t *testing.T) {
	w := parse(t, "flowmap.yaml", people)
	accepted := w.Accepted[0]
	w.Findings = []audit.Finding{{ID: "FM009", People: []string{"José"}, Flows: []string{"orders"}, Accepted: &accepted,
		Args: []audit.Arg{{Kind: audit.ArgPerson, IDs: []string{"José"}}, {Kind: audit.ArgText, Text: "asks Luis"}, {Kind: audit.ArgKey, Text: "thing.ana"}}}}
	f := w.Redact("Person").Findings[0]
	got := fmt.Sprintf("%v %v %s %s %s", f.People, f.Args[0].IDs, f.Args[1].Text, f.Args[2].Text, f.Accepted.Person)
	if want := "[Administrative assistant 2] [Administrative assistant 2] asks Person 2 thing.ana Administrative assistant 1"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if accepted.Person != "María López" || w.Findings[0].Accepted.Person != "María López" {
		t.Error("the workspace itself has changed")
	}
}

// Nobody hides behind a role that is called by a name.
func TestRoleThatIsCalledByAName(t *testing.T) {
	w := parse(t, "flowmap.yaml", landscape+"roles: [{id: a, name: Helper of Maria}]\nflows: [{id: orders, from: shop, to: erp, role: a, people: [Maria, Jose]}]\n").Redact("Person")
	if got := strings.Join(w.Flows[0].People, ", ") + ", " + w.Roles[0].Name; got != "Person 1, Person 2, Helper of Person 1" {
		t.Error(got)
	}
}
