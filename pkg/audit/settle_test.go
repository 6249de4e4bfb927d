package audit_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

const landscape = "version: 1\nsystems: [{id: shop}, {id: erp}, {id: crm}]\n"

// said builds a workspace of flowmap.yaml, which has the landscape and more,
// and interviews given as person and flows; each a day later than the last.
func said(t testing.TB, more string, interviews ...string) audit.Workspace {
	t.Helper()
	files := []string{"flowmap.yaml", landscape + more}
	for i := 0; i+1 < len(interviews); i += 2 {
		head := fmt.Sprintf("interview: {date: 2026-11-%02d, with: %s}\n", i/2+1, interviews[i])
		files = append(files, fmt.Sprintf("interviews/%d.yaml", i/2+1), head+"flows:\n  - "+interviews[i+1]+"\n")
	}
	return parse(t, files...)
}

// ends is what each statement about the flow begins with.
func ends(rest string) string { return "{id: orders, from: shop, to: erp, " + rest + "}" }

func hours(t testing.TB, w audit.Workspace) float64 {
	t.Helper()
	return w.Cost(flow(t, w, "orders")).HoursPerWeek
}

func TestWhoseHoursCount(t *testing.T) {
	for _, c := range []struct {
		what       string
		main       string
		interviews []string
		want       float64
	}{
		{"own hours of different people add up", "", []string{"Maria", "effort: {hours_per_week: 3, whose: own}", "Jose", "effort: {hours_per_week: 2, whose: own}"}, 5},
		{"what is said of everybody is pooled", "", []string{"Maria", "effort: {hours_per_week: 4}", "Jose", "effort: {hours_per_week: 6}"}, 5},
		{"everybody's beat one's own", "", []string{"Maria", "effort: {hours_per_week: 3, whose: own}", "Jose", "effort: {hours_per_week: 8}"}, 8},
		{"a later word of the same person replaces the earlier", "", []string{"Maria", "effort: {hours_per_week: 4}", "maría", "effort: {hours_per_week: 6}"}, 6},
		{"the same people in another order are the same", "", []string{"[Maria, Jose]", "effort: {hours_per_week: 4}", "[Jose, Maria]", "effort: {hours_per_week: 6}"}, 6},
		{"a later word without hours leaves the earlier", "", []string{"Maria", "effort: {hours_per_week: 4}", "Maria", "effort: {runs: 3/day}"}, 4},
		{"nobody's name is nobody in particular", "", []string{"", "effort: {hours_per_week: 4, whose: own}", "", "effort: {hours_per_week: 6, whose: own}"}, 10},
		{"flowmap.yaml decides", "effort: {hours_per_week: 7}", []string{"Maria", "effort: {hours_per_week: 3}", "Jose", "effort: {hours_per_week: 3, whose: own}"}, 7},
		{"three values count by their mean", "", []string{"Maria", "effort: {hours_per_week: [2, 3, 10], whose: own}"}, 4},
		{"months and weeks", "", []string{"Maria", "effort: {hours_per_month: 23, whose: own}", "Jose", "effort: {hours_per_year: 46, whose: own}"}, 7},
		{"runs with minutes", "", []string{"Maria", "effort: {runs: 12/week, minutes: 15}"}, 3},
		{"hours beat runs", "", []string{"Maria", "effort: {runs: 12/week, minutes: 15, hours_per_week: 2}"}, 2},
	} {
		for i := 1; i < len(c.interviews); i += 2 {
			c.interviews[i] = ends(c.interviews[i])
		}
		main := ""
		if c.main != "" {
			main = "flows:\n  - {id: orders, " + c.main + "}\n"
		}
		w := said(t, main, c.interviews...)
		if got := hours(t, w); !near(got, c.want) {
			t.Errorf("%s: %v hours a week, want %v", c.what, got, c.want)
		}
	}
}

func TestWhatDoesNotCountIsEvidence(t *testing.T) {
	w := said(t, "flows:\n  - {id: orders, effort: {hours_per_week: 7}}\n", "Maria", ends("effort: {hours_per_week: 3}"))
	f := flow(t, w, "orders")
	if len(f.Efforts) != 1 || len(f.Evidence) != 1 || f.Evidence[0].HoursPerWeek.Likely != 3 || f.Evidence[0].Place.File != "interviews/1.yaml" {
		t.Errorf("efforts %v, evidence %v", f.Efforts, f.Evidence)
	}
}

func TestErrorPointsOfSeveralPeople(t *testing.T) {
	for _, c := range []struct {
		what       string
		interviews []string
		points     int
		errors     float64 // a year, of 100 records a month: 1,200 a year
	}{
		{"one id is one point, pooled: 2 % and 4 % are 3 %", []string{"Maria", "errors: [{id: sku, rate: 2%}]", "Jose", "errors: [{id: sku, rate: 4%}]"}, 1, 36},
		{"so are the same words", []string{"Maria", "errors: [{what: Artículo equivocado, rate: 2%}]", "Jose", "errors: [{what: articulo  EQUIVOCADO, rate: 4%}]"}, 1, 36},
		{"and words that one of them gave an id", []string{"Maria", "errors: [{id: sku, what: Wrong SKU, rate: 2%}]", "Jose", "errors: [{what: wrong sku, rate: 4%}]"}, 1, 36},
		{"other points add up", []string{"Maria", "errors: [{what: Wrong SKU, rate: 2%}]", "Jose", "errors: [{what: Lost, rate: 4%}]"}, 2, 72},
		{"different ids with the same words are two", []string{"Maria", "errors: [{id: a, what: Lost, rate: 2%}]", "Jose", "errors: [{id: b, what: Lost, rate: 4%}]"}, 2, 72},
		{"the same person's later rate replaces the earlier", []string{"Maria", "errors: [{id: sku, rate: 2%}]", "Maria", "errors: [{id: sku, rate: 4%}]"}, 1, 48},
		{"who says later that there are none takes theirs back", []string{"Maria", "errors: [{id: sku, rate: 2%}]", "Maria", "errors: []"}, 0, 0},
		{"a share and a frequency: 24 and 3 × 12 are 30", []string{"Maria", "errors: [{id: sku, rate: 2%}]", "Jose", "errors: [{id: sku, rate: 3/month}]"}, 1, 30},
		{"three ways of naming one point", []string{"Maria", "errors: [{what: Wrong SKU, rate: 2%}]", "Jose", "errors: [{id: sku, what: Wrong SKU, rate: 4%}]", "Ana", "errors: [{id: sku, what: SKU, rate: 6%}]"}, 1, 48},
	} {
		for i := 1; i < len(c.interviews); i += 2 {
			c.interviews[i] = ends("volume: 100/month, " + c.interviews[i])
		}
		w := said(t, "", c.interviews...)
		cost := w.Cost(flow(t, w, "orders"))
		if len(cost.Points) != c.points || !near(cost.ErrorsPerYear, c.errors) {
			t.Errorf("%s: %d points with %v errors a year, want %d with %v", c.what, len(cost.Points), cost.ErrorsPerYear, c.points, c.errors)
		}
	}
}

func TestFlowmapYamlDecidesErrorPoints(t *testing.T) {
	w := said(t, "flows:\n  - {id: orders, volume: 100/month, errors: [{id: sku, rate: 1%}]}\n",
		"Maria", ends("errors: [{id: sku, rate: 5%, minutes_to_fix: 30}]"))
	p := flow(t, w, "orders").Errors[0]
	if len(p.Rates) != 1 || !near(p.Rates.Mean(), .01) || !near(p.Minutes.Mean(), 30) || !near(p.MinutesToFix.Mean(), 30) {
		t.Errorf("rates %v, minutes %v", p.Rates, p.Minutes)
	}
	none := said(t, "flows:\n  - {id: orders, errors: []}\n", "Maria", ends("errors: [{id: sku, rate: 5%}]"))
	if points := flow(t, none, "orders").Errors; points == nil || len(points) != 0 {
		t.Errorf("points %v, want asked and none", points)
	}
}

func TestFieldsOfSeveralFiles(t *testing.T) {
	w := said(t, "flows:\n  - {id: orders, department: sales}\n",
		"Maria", ends("department: logistics, people: [Maria, Jose], every: daily, notes: In the morning"),
		"Jose", ends("owner: Ana, people: [Jose, Luis], tags: [a], volume: {records: 5/day, basis: counted}, notes: At night"),
		"Luis", ends("volume: 9/day"))
	f := flow(t, w, "orders")
	for _, x := range []struct {
		what      string
		got, want any
	}{
		{"flowmap.yaml's department", f.Department, "sales"},
		{"Jose's owner", f.Owner, "Ana"},
		{"Maria's every", f.Every, audit.Daily},
		{"people united", strings.Join(f.People, " "), "Maria Jose Luis"},
		{"notes apart", fmt.Sprintf("%d %s %s", len(f.Remarks), f.Remarks[1].Text, f.Remarks[1].Place.File), "2 At night interviews/2.yaml"},
		{"the first volume", f.Volume.Records.String(), "5/day"},
		{"with its own basis", f.Volume.Records.Basis, audit.Counted},
		{"place of the owner", w.Place("flow", "orders", "owner").File, "interviews/2.yaml"},
		{"place of the department", w.Place("flow", "orders", "department").File, "flowmap.yaml"},
		{"place of the volume", w.Place("flow", "orders", "volume.records").File, "interviews/2.yaml"},
		{"place of what nobody states", w.Place("flow", "orders", "fallback"), w.Place("flow", "orders", "")},
		{"place of what there is not", w.Place("flow", "ordres", "owner"), audit.Place{}},
	} {
		if x.got != x.want {
			t.Errorf("%s: %v, want %v", x.what, x.got, x.want)
		}
	}
}

func TestFlowmapYamlDecidesListsWhole(t *testing.T) {
	w := said(t, "flows:\n  - {id: orders, people: [Ana]}\n", "Maria", ends("people: [Maria]"))
	if people := flow(t, w, "orders").People; !slices.Equal(people, []string{"Ana"}) {
		t.Errorf("people %v, want Ana alone", people)
	}
}

func TestNotesOfSystemsAreKeptApart(t *testing.T) {
	w := parse(t, "flowmap.yaml", "version: 1\nsystems: [{id: erp, notes: Old}]\n",
		"interviews/a.yaml", "systems: [{id: erp, notes: Slow, interfaces: [file]}]\n",
		"interviews/b.yaml", "systems: [{id: erp, interfaces: [api, file]}]\n")
	erp := w.Systems[0]
	if len(erp.Remarks) != 2 || erp.Remarks[1].Text != "Slow" || len(erp.Interfaces) != 2 {
		t.Errorf("remarks %v, interfaces %v", erp.Remarks, erp.Interfaces)
	}
}

// findings writes what settling found, one a line.
func findings(w audit.Workspace) string {
	var b strings.Builder
	for _, f := range w.Findings {
		fmt.Fprintf(&b, "%s %s", f.ID, strings.Join(slices.Concat(f.Flows, f.Systems, f.Roles, f.Entities), " "))
		for _, a := range f.Args {
			if a.Kind == audit.ArgText || a.Kind == audit.ArgField || a.Kind == audit.ArgValue || a.Kind == audit.ArgHours {
				fmt.Fprintf(&b, " %s=%s", a.Name, a.Text)
				if a.Kind == audit.ArgHours {
					fmt.Fprintf(&b, "%g", a.Number)
				}
			}
		}
		for _, p := range f.Places {
			fmt.Fprintf(&b, " %s", p)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestFindingsOfStatements(t *testing.T) {
	for _, c := range []struct {
		what       string
		main       string
		interviews []string
		want       string
	}{
		{"another latency", "", []string{"Maria", "needs: {latency: daily}", "Jose", "needs: {latency: hourly}"},
			"FM018 orders field=needs.latency first=daily second=hourly interviews/1.yaml:3:56 interviews/2.yaml:3:56\n"},
		{"the same person changes their mind", "", []string{"Maria", "needs: {latency: daily}", "Maria", "needs: {latency: hourly}"}, ""},
		{"flowmap.yaml has settled it", "needs: {latency: daily}", []string{"Maria", "needs: {latency: daily}", "Jose", "needs: {latency: hourly}"}, ""},
		{"another volume", "", []string{"Maria", "volume: 5/day", "Jose", "volume: {records: 9/day, basis: counted}"},
			"FM018 orders field=volume first=5/day second=9/day interviews/1.yaml:3:47 interviews/2.yaml:3:47\n"},
		{"another finder", "", []string{"Maria", "errors: [{id: sku, found_in: erp}]", "Jose", "errors: [{id: sku, found_in: customer}]"},
			"FM018 orders field=errors.sku.found_in first=erp second=customer interviews/1.yaml:3:48 interviews/2.yaml:3:48\n"},
		{"4 and 8 are a factor of two, no more", "", []string{"Maria", "effort: {hours_per_week: 4}", "Jose", "effort: {hours_per_week: 8}"}, ""},
		{"3 and 8 are more", "", []string{"Maria", "effort: {hours_per_week: 3}", "Jose", "effort: {hours_per_week: 8}"},
			"FM010 orders low=3 high=8 interviews/1.yaml:3:47 interviews/2.yaml:3:47\n"},
		{"own 5 of everybody's 4: a quarter", "", []string{"Maria", "effort: {hours_per_week: 4}", "Jose", "effort: {hours_per_week: 5, whose: own}"}, ""},
		{"own 6 of everybody's 4", "", []string{"Maria", "effort: {hours_per_week: 4}", "Jose", "effort: {hours_per_week: 6, whose: own}"},
			"FM010 orders low=4 high=6 interviews/1.yaml:3:47 interviews/2.yaml:3:47\n"},
		{"60 runs of 5 minutes are 5 hours: a quarter more than 4", "", []string{"Maria", "effort: {hours_per_week: 4, runs: 60/week, minutes: 5}"}, ""},
		{"and a quarter less is 3", "", []string{"Maria", "effort: {hours_per_week: 4, runs: 36/week, minutes: 5}"}, ""},
		{"72 runs of 5 minutes are 6 hours, not 4", "", []string{"Maria", "effort: {hours_per_week: 4, runs: 72/week, minutes: 5}"},
			"FM015 orders given=4 computed=6 interviews/1.yaml:3:47\n"},
		{"12 runs of 5 minutes are 1 hour, not 4", "", []string{"Maria", "effort: {hours_per_week: 4, runs: 12/week, minutes: 5}"},
			"FM015 orders given=4 computed=1 interviews/1.yaml:3:47\n"},
		{"11.5 hours a month are 138 a year, 6 a week are 276", "", []string{"Maria", "effort: {hours_per_month: 11.5, runs: 6/week, minutes: 60}"},
			"FM015 orders given=3 computed=6 interviews/1.yaml:3:47\n"},
		{"a year's hours hold the peak, runs a week do not", "", []string{"Maria", "peak: {factor: 7, months: [11, 12]}, effort: {hours_per_year: 368, runs: 4/week, minutes: 60}"}, ""},
		{"runs without minutes say nothing of hours", "", []string{"Maria", "effort: {hours_per_week: 4, runs: 72/week}"}, ""},
		{"each statement that counts", "", []string{"Maria", "effort: {hours_per_week: 4, runs: 72/week, minutes: 5, whose: own}", "Jose", "effort: {hours_per_week: 1, runs: 24/week, minutes: 5, whose: own}"},
			"FM015 orders given=4 computed=6 interviews/1.yaml:3:47\nFM015 orders given=1 computed=2 interviews/2.yaml:3:47\n"},
		{"flowmap.yaml has settled that too", "effort: {hours_per_week: 4}", []string{"Maria", "effort: {hours_per_week: 4, runs: 72/week, minutes: 5}"}, ""},
	} {
		for i := 1; i < len(c.interviews); i += 2 {
			c.interviews[i] = ends(c.interviews[i])
		}
		main := ""
		if c.main != "" {
			main = "flows:\n  - {id: orders, " + c.main + "}\n"
		}
		if got := findings(said(t, main, c.interviews...)); got != c.want {
			t.Errorf("%s:\n%swant\n%s", c.what, got, c.want)
		}
	}
}

// TestOrderOfFilesAndFlowsChangesNothing loads the example of a company
// forwards and backwards: every flow costs the same.
func TestOrderOfFilesAndFlowsChangesNothing(t *testing.T) {
	w := load(t, "../../examples/distribuidora")
	files := slices.Clone(w.Files())
	slices.Reverse(files)
	backwards, err := audit.New(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(backwards.Flows) != len(w.Flows) || !reflect.DeepEqual(backwards.Findings, w.Findings) || !reflect.DeepEqual(backwards.Flows, w.Flows) {
		t.Error("the order of files changes flows or findings")
	}
	one := parse(t, "flowmap.yaml", landscape+"flows: [{id: a, from: shop, to: erp, effort: {hours_per_week: 1}}, {id: b, from: erp, to: crm, effort: {hours_per_week: 2}}]\n")
	two := parse(t, "flowmap.yaml", landscape+"flows: [{id: b, from: erp, to: crm, effort: {hours_per_week: 2}}, {id: a, from: shop, to: erp, effort: {hours_per_week: 1}}]\n")
	for _, id := range []string{"a", "b"} {
		if x, y := one.Cost(flow(t, one, id)), two.Cost(flow(t, two, id)); !reflect.DeepEqual(x, y) {
			t.Errorf("%s: %v and %v", id, x, y)
		}
	}
}
