package audit_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

func problems(t testing.TB, text string) string {
	t.Helper()
	_, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte(text)}})
	if err == nil {
		return ""
	}
	return told(err)
}

// TestLimits stands at both sides of each.
func TestLimits(t *testing.T) {
	deep := func(n int) string { return least + "x-deep: " + strings.Repeat("[", n) + strings.Repeat("]", n) + "\n" }
	aliases := func(n int) string { // n times 100 nodes, in a file of some 120
		return least + "x-a: &a [" + strings.Repeat("x, ", 99) + "x]\nx-b: [" + strings.Repeat("*a, ", n-1) + "*a]\n"
	}
	for _, c := range []struct {
		what string
		text string
		want string
	}{
		{"16 MiB", least + "#" + strings.Repeat(" ", 16<<20-len(least)-1), ""},
		{"a byte more", least + "#" + strings.Repeat(" ", 16<<20-len(least)), "flowmap.yaml:1:1: the file is over 16 MiB, more than one file may have\n  hint: spread the flows over several files in interviews/\n"},
		{"100 deep", deep(98), ""},
		{"101 deep", deep(100), "flowmap.yaml:2:108: lists and mappings stand more than 100 deep in each other\n  hint: take some levels away\n"},
		{"20,000 deep", deep(20_000), "flowmap.yaml:2:10009: lists and mappings stand more than 100 deep in each other\n  hint: take some levels away\n"},
		{"many aliases", aliases(90), ""},
		{"more aliases than 100 times the file", aliases(1), ""},
	} {
		if got := problems(t, c.text); got != c.want {
			t.Errorf("%s: %.300q, want %q", c.what, got, c.want)
		}
	}
}

// TestAliasBomb doubles its list nine times over: 10^9 values in 400 bytes.
func TestAliasBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString(least + "x-0: &x0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 9; i++ {
		fmt.Fprintf(&b, "x-%d: &x%d [%s*x%d]\n", i, i, strings.Repeat(fmt.Sprintf("*x%d, ", i-1), 9), i-1)
	}
	want := "flowmap.yaml:1:1: aliases make the file more than 100 times as long as it is\n  hint: write the values out\n"
	if got := problems(t, b.String()); got != want {
		t.Errorf("%q", got)
	}
}

// TestEncodings loads the same audit in every dress that an editor gives it,
// with the same places.
func TestEncodings(t *testing.T) {
	text := "version: 1\nclient:\n  name: Año\nsystems:\n  - {id: erp, notes: ñandú, owner: [x]}\n"
	want := problems(t, text)
	if want != "flowmap.yaml:5:36: system \"erp\": owner is a list, want a text\n  hint: write one value\n" {
		t.Fatalf("%q", want)
	}
	for what, dressed := range map[string]string{
		"byte-order mark":             "\ufeff" + text,
		"line ends of Windows":        strings.ReplaceAll(text, "\n", "\r\n"),
		"both":                        "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
		"line ends of old":            strings.ReplaceAll(text, "\n", "\r"),
		"no line end at the end":      strings.TrimSuffix(text, "\n"),
		"a document mark at the end":  text + "...\n",
		"spaces and comments after":   text + "\n  \n# the end",
		"the x- keys of the user":     text + "x-more: {a: [1, 2, {b: c}]}\n",
		"a key with nothing after it": text + "flows:\nentities: ~\n",
	} {
		if got := problems(t, dressed); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	marked := problems(t, "\ufeffvorsion: 1\n")
	if !strings.HasPrefix(marked, "flowmap.yaml:1:1: ") {
		t.Errorf("behind a byte-order mark the first column is %q", marked)
	}
	garbage := problems(t, "\ufeff\xff\xfe version: 1\n")
	if garbage != "flowmap.yaml:1:1: the file is not UTF-8 text\n  hint: save it as UTF-8\n" {
		t.Errorf("a mark with garbage: %q", garbage)
	}
}

func TestScalarsAreReadFromTheirText(t *testing.T) {
	w := parse(t, "flowmap.yaml", `version: "1"
client: {name: no, sector: 2026-11-02, employees: "45"}
systems: [{id: 007, name: 1.200, owner: ~, critical: "true"}, {id: "1e3", name: " Sage  50 "}]
flows: [{id: true, from: 007, to: 1e3, effort: {hours_per_week: 0.125}, automation_rate: 85 %, volume: 40 / day, tags: [], errors: []}]
`)
	f := w.Flows[0]
	for _, x := range []struct {
		what      string
		got, want any
	}{
		{"the word no", w.Client.Name, "no"},
		{"a date as text", w.Client.Sector, "2026-11-02"},
		{"a number in quotes", w.Client.Employees.Value, 45.0},
		{"zeros of an id", w.Systems[0].ID, "007"},
		{"a name that looks like a number", w.Systems[0].Name, "1.200"},
		{"nothing", w.Systems[0].Owner, ""},
		{"trimmed", w.Systems[1].Name, "Sage  50"},
		{"yes in quotes", w.Systems[0].Critical, audit.Yes},
		{"an exponent is an id", f.To, "1e3"},
		{"an eighth", f.Effort.HoursPerWeek.Likely, .125},
		{"a space before the percent sign", f.AutomationRate.Likely, .85},
		{"spaces around the stroke", f.Volume.Records.String(), "40/day"},
		{"asked, none", f.Errors != nil, true},
	} {
		if x.got != x.want {
			t.Errorf("%s: %v, want %v", x.what, x.got, x.want)
		}
	}
}

func TestAnchorsAndMergeKeys(t *testing.T) {
	w := parse(t, "flowmap.yaml", `version: 1
x-usual: &usual {from: shop, to: erp, effort: &hour {hours_per_week: 1}, needs: {fields: &owners {phone: erp, mail: erp}}}
x-other: &other {department: sales, from: crm}
systems: [{id: shop}, {id: erp}, {id: crm}]
flows:
  - {<<: *usual, id: a}
  - {<<: [*usual, *other], id: b, effort: {hours_per_week: 2}}
  - {id: c, from: crm, to: erp, effort: *hour, needs: {fields: {<<: *owners, phone: crm}}}
`)
	a, b, c := w.Flows[0], w.Flows[1], w.Flows[2]
	if a.From != "shop" || a.Effort.HoursPerWeek.Likely != 1 {
		t.Errorf("a merged mapping: %v", a)
	}
	if b.From != "shop" || b.Department != "sales" || b.Effort.HoursPerWeek.Likely != 2 {
		t.Errorf("the mapping's own key, then the first merged: %v %v %v", b.From, b.Department, b.Effort.HoursPerWeek)
	}
	if c.Effort.HoursPerWeek.Likely != 1 || len(c.Needs.Fields) != 2 || c.Needs.Fields[0].Owner != "crm" {
		t.Errorf("an alias: %v, %v", c.Effort.HoursPerWeek, c.Needs.Fields)
	}
}

func TestOneFaultBehindSeveralAliasesIsOneProblem(t *testing.T) {
	got := problems(t, landscape+"x-e: &e {hours_per_week: lots}\nflows:\n  - {id: a, from: shop, to: erp, effort: *e}\n  - {id: b, from: shop, to: erp, effort: *e}\n")
	if strings.Count(got, "hint") != 1 || !strings.HasPrefix(got, "flowmap.yaml:3:26: flow \"a\": effort.hours_per_week is \"lots\"") {
		t.Errorf("%q", got)
	}
}

// Of what a broken file may define, nothing is said to be missing.
func TestABrokenFileHidesNoOtherFaultAndInventsNone(t *testing.T) {
	_, err := audit.New(sources("flowmap.yaml", "version: 1\nsystems: [{id: erp}\n", "interviews/a.yaml", "flows: [{id: orders, from: shop, to: erp, how: by hand}]\n"))
	want := "flowmap.yaml:3:1: a comma or a closing bracket is missing; what it belongs to begins in line 2\n  hint: close the bracket, and put commas between what stands in it\n" +
		"interviews/a.yaml:1:48: flow \"orders\": how is \"by hand\", which is not one of the words here\n  hint: words here: manual, file, automated\n"
	if got := told(err); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestProblemsComeAllAtOnceSortedWithTheirLines(t *testing.T) {
	_, err := audit.New(sources("flowmap.yaml", landscape+"flows:\n  - {id: a, from: shop, to: wharehouse}\n  - {id: b, from: shop, to: erp, volume: 40}\ncurrency: euro\n"))
	ps, ok := err.(audit.Problems)
	if !ok || len(ps) != 3 {
		t.Fatalf("%v", err)
	}
	if ps[0].Source != "  - {id: a, from: shop, to: wharehouse}" || ps[1].Place.Line != 5 || ps[2].Place.Line != 6 {
		t.Errorf("%+v", ps)
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 3 || !strings.HasPrefix(lines[2], "flowmap.yaml:6:11: currency is") {
		t.Errorf("%v", lines)
	}
}

func TestDatesAndDefaults(t *testing.T) {
	w := parse(t, "flowmap.yaml", least, "interviews/b.yaml", "interview: {date: 2026-11-02}\n", "interviews/a.yaml", "interview: {date: 2026-11-05}\n")
	if w.Date != "2026-11-05" || w.Interviews[0].File != "interviews/b.yaml" {
		t.Errorf("date %s, interviews %v", w.Date, w.Interviews)
	}
	defaults := audit.DefaultAssumptions()
	defaults.ExchangeRates = []audit.ExchangeRate{{Currency: "USD", Rate: audit.Amount{Value: .9, Stated: true}}}
	if w.Currency != "EUR" || w.Language != "en" || !reflect.DeepEqual(w.Assumptions, defaults) {
		t.Errorf("%s %s %+v", w.Currency, w.Language, w.Assumptions)
	}
}

func TestStrict(t *testing.T) {
	type tier struct {
		ID    string   `yaml:"id" as:"id" need:"true"`
		Price *float64 `yaml:"price"`
		Free  bool     `yaml:"free"`
	}
	var v struct {
		Tiers []tier `yaml:"tiers"`
		Count int    `yaml:"count"`
	}
	if err := audit.Strict("c.yaml", []byte("tiers: [{id: core, price: 9.5, free: true}, {id: pro, price: }]\ncount: 3\nx-own: 1\n"), &v); err != nil {
		t.Fatal(err)
	}
	if v.Count != 3 || *v.Tiers[0].Price != 9.5 || !v.Tiers[0].Free || v.Tiers[1].Price != nil {
		t.Errorf("%+v", v)
	}
	err := audit.Strict("c.yaml", []byte("tiers: [{price: dear, free: yes}]\ncuont: 3\ncount: 1.5\n"), &v)
	want := `c.yaml:1:9: id is missing
  hint: add id: with an id such as web-orders
c.yaml:1:17: tiers[0].price is "dear", which is no number
  hint: write digits with at most one point, such as 4.5
c.yaml:1:29: tiers[0].free is "yes", which is neither true nor false
  hint: write true
c.yaml:2:1: unknown key "cuont"
  hint: did you mean "count"? keys here: tiers, count
c.yaml:3:8: count is "1.5", which is no whole number
  hint: write 2
`
	if got := told(err); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// company is a workspace of n flows in one file.
func company(n int) []byte {
	var b bytes.Buffer
	b.WriteString("version: 1\nsystems:\n")
	for i := range 50 {
		fmt.Fprintf(&b, "  - {id: s%d, name: System %d, kind: erp, interfaces: [api, file]}\n", i, i)
	}
	b.WriteString("entities: [{id: order, record: s1}]\nroles: [{id: admin, hourly_cost: 20}]\nflows:\n")
	for i := range n {
		fmt.Fprintf(&b, `  - id: flow-%d
    name: Flow %d
    entity: order
    from: s%d
    to: s%d
    department: sales
    people: [Maria, Jose]
    role: admin
    effort: {hours_per_week: [1, 2, 4], basis: estimated}
    volume: 800/month
    errors: [{id: wrong-sku, what: Wrong SKU typed, found_in: s1, rate: 2%%, minutes_to_fix: 20, cost: 15}]
    needs: {latency: daily, steps: 4}
    notes: One of many
`, i, i, i%50, (i+1)%50)
	}
	return b.Bytes()
}

// oneLine is the same as a program would write it: all on one line.
func oneLine(n int, role string) []byte {
	var b bytes.Buffer
	b.WriteString("{version: 1, systems: [{id: ñandú-no}, {id: a}, {id: b}], flows: [")
	for i := range n {
		fmt.Fprintf(&b, "{id: flow-%d, name: Año, from: a, to: b, role: %s, effort: {hours_per_week: [1, 2, 4]}}, ", i, role)
	}
	b.WriteString("]}")
	return bytes.Replace(b.Bytes(), []byte("ñandú-no"), []byte("c"), 1)
}

// TestAFileThatIsOneLine finds its way in a line of 200,000 characters.
func TestAFileThatIsOneLine(t *testing.T) {
	text := oneLine(2_000, "nobody")
	_, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: text}})
	ps, ok := err.(audit.Problems)
	if !ok || len(ps) != 2_000 {
		t.Fatalf("%d problems, want one a flow", len(ps))
	}
	line := []rune(string(text))
	for i, p := range ps {
		at := string(line[p.Place.Column-1 : p.Place.Column+5])
		if p.Place.Line != 1 || at != "nobody" || !strings.Contains(p.Message, fmt.Sprintf("\"flow-%d\"", i)) {
			t.Fatalf("%s stands at %q", p, at)
		}
	}
}

func BenchmarkNew10000FlowsOnOneLine(b *testing.B) {
	files := []audit.Source{{Name: "flowmap.yaml", Text: oneLine(10_000, "nobody")}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := audit.New(files); err == nil {
			b.Fatal("no problems")
		}
	}
}

func BenchmarkNew10000Flows(b *testing.B) {
	files := []audit.Source{{Name: "flowmap.yaml", Text: company(10_000)}}
	b.SetBytes(int64(len(files[0].Text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := audit.New(files); err != nil {
			b.Fatal(err)
		}
	}
}

// The same flow in two files: every one is settled field by field.
func BenchmarkNew5000FlowsTwice(b *testing.B) {
	text := company(5_000)
	flows := text[bytes.Index(text, []byte("flows:")):]
	files := []audit.Source{{Name: "flowmap.yaml", Text: text}, {Name: "interviews/a.yaml", Text: flows}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := audit.New(files); err != nil {
			b.Fatal(err)
		}
	}
}

// Every reference is wrong.
func BenchmarkNew10000Problems(b *testing.B) {
	files := []audit.Source{{Name: "flowmap.yaml", Text: bytes.ReplaceAll(company(10_000), []byte("role: admin"), []byte("role: admni"))}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := audit.New(files); err == nil {
			b.Fatal("no problems")
		}
	}
}
