package roi_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"pgregory.net/rapid"
)

// plain is a workspace in which an hour a week is worth 1,000 over the twelve
// months that are looked at: 50 weeks at 20, nothing stays manual, nothing is
// discounted.
func plain(flows ...audit.Flow) audit.Workspace {
	w := levante(flows...)
	w.Roles = nil
	a := &w.Assumptions
	a.HourlyCost = audit.One(20, audit.Money, audit.Constant)
	a.WeeksPerYear.Value, a.HorizonMonths.Value = 50, 12
	a.DiscountRate.Value, a.RampUpMonths.Value = 0, 0
	a.AutomationRate = audit.One(1, audit.Share, audit.Constant)
	a.ErrorReduction = audit.One(1, audit.Share, audit.Constant)
	a.Maintenance = audit.One(0, audit.Share, audit.Constant)
	return w
}

// asked is a flow of so many hours a week; without hours nobody has stated
// them.
func asked(id string, hours audit.Estimate) audit.Flow {
	f := audit.Flow{ID: id, From: "shop", To: "erp", Entity: "order", Errors: []audit.ErrorPoint{},
		Volume: audit.Volume{Records: audit.One(80, audit.PerMonth, audit.Constant)}}
	if hours.Stated() {
		f.Efforts = hoursAWeek(hours)
	}
	return f
}

// building offers each flow one platform without a fee at its price.
func building(price map[string]float64) roi.Candidates {
	return func(_ audit.Workspace, f audit.Flow) []advise.Candidate {
		return []advise.Candidate{{Flow: f.ID, Platform: "any", Priced: true, Fit: advise.Recommended,
			BuildCost: audit.One(price[f.ID], audit.Money, audit.Constant), Fee: audit.One(0, audit.Money, audit.Constant)}}
	}
}

func estimatedHours(hours float64) audit.Estimate {
	return audit.One(hours, audit.Number, audit.Estimated)
}

// sameMoney tells whether money is the same to a cent.
func sameMoney(a, b float64) bool { return math.Abs(a-b) < .005 }

// 30 hours are 24 to 39: 24,000 at the least, for 10,000. 6 hours, 2 to 10, are
// 6,000 for 5,000, and 2,000 at the least.
func TestTheLargestFlowIsNotTheMostValuableQuestion(t *testing.T) {
	w := plain(asked("large", estimatedHours(30)), asked("small", audit.Three(2, 6, 10, audit.Number)))
	a := roi.Next(w, building(map[string]float64{"large": 10000, "small": 5000}))
	if !slices.Equal(a.Plan, []string{"large", "small"}) || !sameMoney(a.NPV, 21000) {
		t.Errorf("plan %v of %v, want both, 30,000 - 10,000 + 6,000 - 5,000", a.Plan, a.NPV)
	}
	if len(a.Questions) != 2 {
		t.Fatalf("%d questions, want the hours of both", len(a.Questions))
	}
	first, second := a.Questions[0], a.Questions[1]
	if first.Flow != "small" || first.Field != "effort.hours_per_week" || !sameMoney(first.Change, 3000) || !sameMoney(first.Swing, 8000) {
		t.Errorf("first %+v, want the small flow's hours, 3,000 of 8,000", first)
	}
	if second.Flow != "large" || second.Change != 0 || !sameMoney(second.Swing, 15000) || second.Low != 24 || second.High != 39 {
		t.Errorf("second %+v, want the large flow's hours, none of 15,000", second)
	}
}

// 4 hours are 4,000 for 5,000: not worth it, but at 4 + 30 % they bring 200.
func TestWhatIsMissedCountsAsWhatIsLost(t *testing.T) {
	a := roi.Next(plain(asked("nearly", estimatedHours(4))), building(map[string]float64{"nearly": 5000}))
	if len(a.Plan) != 0 || a.NPV != 0 || !sameMoney(a.Questions[0].Change, 200) {
		t.Errorf("%+v, want no plan, and 200 missed", a)
	}
}

// Nobody has stated the hours of the second flow: at the 9 of its department,
// not at the 30 of another one, they would be 9,000 for 7,000.
func TestUnstatedHoursGoToTheMostOfTheDepartment(t *testing.T) {
	known, open, other := asked("known", estimatedHours(9)), asked("open", audit.Estimate{}), asked("other", estimatedHours(30))
	known.Department, open.Department, other.Department = "logistics", "logistics", "sales"
	price := building(map[string]float64{"known": 1000, "open": 7000, "other": 1000})
	q := roi.Next(plain(known, open, other), price).Questions[0]
	if q.Flow != "open" || q.Field != "effort" || q.Low != 0 || q.High != 9 || !sameMoney(q.Change, 2000) || q.Known.Stated() {
		t.Errorf("%+v, want the hours of open, 0 to 9, for 2,000", q)
	}
	known.Department = "finance"
	if q := roi.Next(plain(known, open, other), price).Questions[0]; q.High != 30 || !sameMoney(q.Change, 23000) {
		t.Errorf("%+v, want 0 to 30, as nobody in its department says", q)
	}
	q = roi.Next(plain(open), price).Questions[0]
	if q.Priced || q.Change != 0 {
		t.Errorf("%+v, want no price, since nobody says any hours", q)
	}
}

// 5 hours are 5,000 for 6,000. Of the same department one flow has 10 errors a
// month of 30 minutes and 20 of money: 120 × (20 + 10) are 3,600 a year.
func TestOpenErrorsAreTriedAtTheDearestOfTheDepartment(t *testing.T) {
	sure := audit.One(5, audit.Number, audit.Constant)
	dear, open := asked("dear", sure), asked("open", sure)
	dear.Errors = []audit.ErrorPoint{{ID: "typo", Rates: audit.Pool{audit.One(10, audit.PerMonth, audit.Constant)},
		Minutes: audit.Pool{audit.One(30, audit.Number, audit.Constant)}, Costs: audit.Pool{audit.One(20, audit.Money, audit.Constant)}}}
	price := building(map[string]float64{"dear": 1000, "open": 6000})
	at := func(points []audit.ErrorPoint) roi.Question {
		open.Errors = points
		return roi.Next(plain(dear, open), price).Questions[0]
	}
	if q := at(nil); q.Field != "errors" || !sameMoney(q.High, 3600) || !sameMoney(q.Change, 2600) {
		t.Errorf("errors: %+v, want 0 to 3,600 a year, for 2,600", q)
	}
	// Each error costs 25: at 120 a year 3,000, of which 1,000 are needed.
	known := audit.Pool{audit.One(25, audit.Money, audit.Constant)}
	q := at([]audit.ErrorPoint{{ID: "lost", What: "Order lost", Costs: known}})
	if q.Field != "errors.lost.rate" || q.Point != "Order lost" || q.High != 120 || !sameMoney(q.Change, 2000) {
		t.Errorf("rate: %+v, want 0 to 120 a year, for 2,000", q)
	}
	// 100 a year: at 30 minutes 1,000, at 20 of money 2,000.
	w := plain(dear, open)
	w.Flows[1].Errors = []audit.ErrorPoint{{ID: "lost", Rates: audit.Pool{audit.One(100, audit.PerYear, audit.Constant)}}}
	w.Interviews = []audit.Interview{{With: []string{"Maria"}, NotKnown: []string{"open.errors.lost.cost", "open.errors.lost.minutes_to_fix"}}}
	all := roi.Next(w, price).Questions
	if q := all[0]; q.Field != "errors.lost.cost" || q.High != 20 || !sameMoney(q.Change, 1000) {
		t.Errorf("cost: %+v, want 0 to 20 each, for 1,000", q)
	}
	if q := all[1]; q.Field != "errors.lost.minutes_to_fix" || q.High != 30 || q.Change != 0 || !sameMoney(q.Swing, 1000) {
		t.Errorf("minutes: %+v, want 0 to 30 each, a swing of 1,000", q)
	}
}

// The volume decides what the platform costs: 100 a month for a fee of 1,000
// leave nothing of 5,000 for 4,500.
func TestAnOpenVolumeChoosesAgain(t *testing.T) {
	sure := audit.One(5, audit.Number, audit.Constant)
	busy, open := asked("busy", sure), asked("open", sure)
	busy.Volume.Records = audit.One(1200, audit.PerMonth, audit.Constant)
	open.Volume = audit.Volume{}
	offers := func(w audit.Workspace, f audit.Flow) []advise.Candidate {
		fee := 0.0
		if w.Cost(f).RecordsPerYear > 12000 {
			fee = 100
		}
		return []advise.Candidate{{Platform: "any", Priced: true, Fit: advise.Recommended,
			BuildCost: audit.One(4500, audit.Money, audit.Constant), Fee: audit.One(fee, audit.Money, audit.Constant)}}
	}
	a := roi.Next(plain(busy, open), offers)
	if q := a.Questions[0]; !slices.Equal(a.Plan, []string{"open"}) || q.Field != "volume" || q.High != 14400 || !sameMoney(q.Change, 700) {
		t.Errorf("plan %v, %+v, want the volume up to 14,400 a year, for 500 - 1,200", a.Plan, q)
	}
}

// At 10 an hour instead of 20 both flows lose: 1,500 - 2,000 and 5,000 - 8,000.
func TestASharedNumberCountsForAllItsFlows(t *testing.T) {
	one, other, apart := asked("one", audit.One(3, audit.Number, audit.Constant)), asked("other", audit.One(10, audit.Number, audit.Constant)), asked("apart", audit.One(1, audit.Number, audit.Constant))
	apart.Role = "boss"
	w := plain(one, other, apart)
	price := building(map[string]float64{"one": 2000, "other": 8000, "apart": 400})
	w.Roles = []audit.Role{{ID: "boss", HourlyCost: audit.Three(10, 20, 30, audit.Money)}}
	w.Assumptions.HourlyCost = audit.Three(10, 20, 30, audit.Money)
	all := roi.Next(w, price).Questions
	if len(all) != 2 {
		t.Fatalf("%+v, want the two costs of an hour", all)
	}
	if q := all[0]; q.Flow != "" || q.Role != "" || q.Field != "hourly_cost" || !sameMoney(q.Change, 500+3000) {
		t.Errorf("%+v, want 500 and 3,000 lost", q)
	}
	if q := all[1]; q.Role != "boss" || q.Field != "roles.boss.hourly_cost" || q.Change != 0 || !sameMoney(q.Swing, 1000) {
		t.Errorf("%+v, want the boss's hour, a swing of 1,000 that loses nothing", q)
	}
}

func TestEveryStatedNumberIsTried(t *testing.T) {
	f := asked("flow", audit.Estimate{})
	three := func(likely float64, u audit.Unit) audit.Estimate { return audit.Three(likely/2, likely, likely*3/2, u) }
	f.Efforts = []audit.Effort{{Runs: three(40, audit.PerWeek), Minutes: three(6, audit.Number)}, {HoursPerMonth: three(16, audit.Number)}, {HoursPerYear: three(200, audit.Number)}}
	f.Volume.Records = three(100, audit.PerMonth)
	f.Peak = audit.Peak{Factor: three(2, audit.Number), Months: []int{12}}
	f.Errors = []audit.ErrorPoint{{What: "Typo", Rates: audit.Pool{three(.04, audit.Share)}, Minutes: audit.Pool{three(10, audit.Number)}, Costs: audit.Pool{three(5, audit.Money), three(8, audit.Money)}}}
	f.AutomationRate, f.ErrorReduction = three(.6, audit.Share), three(.5, audit.Share)
	f.Solution = audit.Solution{BuildCost: three(1000, audit.Money), PlatformMonthly: three(10, audit.Money)}
	w := plain(f)
	w.Assumptions.DeveloperHourlyCost, w.Assumptions.Maintenance = three(50, audit.Money), three(.1, audit.Share)
	w.Assumptions.HourlyCost = three(20, audit.Money)
	offers := func(w audit.Workspace, f audit.Flow) []advise.Candidate {
		build := audit.One(f.Solution.BuildCost.Mean()+10*w.Assumptions.DeveloperHourlyCost.Mean(), audit.Money, audit.Constant)
		return []advise.Candidate{{Platform: "any", Decided: true, Priced: true, BuildCost: build, Fee: f.Solution.PlatformMonthly, Maintenance: build.Mean() * w.Assumptions.Maintenance.Mean() / 12}}
	}
	var got []string
	for _, q := range roi.Next(w, offers).Questions {
		got = append(got, q.Field)
		if q.Swing <= 0 || !q.Priced {
			t.Errorf("%s moves nothing", q.Field)
		}
	}
	slices.Sort(got)
	want := []string{"automation_rate", "developer_hourly_cost", "effort.hours_per_month", "effort.hours_per_year", "effort.minutes", "effort.runs",
		"error_reduction", "errors.Typo.cost", "errors.Typo.cost", "errors.Typo.minutes_to_fix", "errors.Typo.rate", "hourly_cost", "maintenance",
		"peak.factor", "solution.build_cost", "solution.platform_monthly", "volume.records"}
	if !slices.Equal(got, want) {
		t.Errorf("tried %v\nwant  %v", got, want)
	}
}

// Those who said that they do not know are not asked again.
func TestWhoIsAsked(t *testing.T) {
	hours := estimatedHours(6)
	hours.Place = audit.Place{File: "interviews/jose.yaml", Line: 3, Column: 1}
	said, open := asked("said", hours), asked("open", audit.Estimate{})
	for _, f := range []*audit.Flow{&said, &open} {
		f.People, f.Owner = []string{"Maria", "jose"}, "Ana"
	}
	said.Solution.BuildCost = audit.One(5000, audit.Money, audit.Estimated)
	w := plain(said, open)
	w.Interviews = []audit.Interview{
		{File: "interviews/jose.yaml", With: []string{"Jose"}, Date: "2026-11-02"},
		{File: "interviews/maria.yaml", With: []string{"Maria"}, NotKnown: []string{"open.effort"}},
	}
	offers := func(_ audit.Workspace, f audit.Flow) []advise.Candidate {
		return []advise.Candidate{{Platform: "any", Decided: true, Priced: true, BuildCost: f.Solution.BuildCost, Fee: audit.One(0, audit.Money, audit.Constant)}}
	}
	want := map[string][]string{
		"said effort.hours_per_week": {"Jose", "Maria", "Ana"},
		"said solution.build_cost":   {"Ana"},
		"open effort":                {"jose", "Ana"},
	}
	all := roi.Next(w, offers).Questions
	for _, q := range all {
		if !slices.Equal(q.Ask, want[q.Flow+" "+q.Field]) {
			t.Errorf("%s %s: ask %v, want %v", q.Flow, q.Field, q.Ask, want[q.Flow+" "+q.Field])
		}
		if q.Field == "effort.hours_per_week" && (q.Date != "2026-11-02" || !slices.Equal(q.SaidBy, []string{"Jose"})) {
			t.Errorf("%s said by %v on %s, want Jose", q.Field, q.SaidBy, q.Date)
		}
	}
	if len(all) != len(want) {
		t.Errorf("%d questions, want %d", len(all), len(want))
	}
}

func TestQuestionsAboutAmountsWithoutEndAreFinite(t *testing.T) {
	f, open := asked("flow", estimatedHours(math.MaxFloat64)), asked("open", audit.Estimate{})
	f.Solution.BuildCost = audit.One(math.MaxFloat64, audit.Money, audit.Guessed)
	for _, q := range roi.Next(plain(f, open), building(nil)).Questions {
		for _, x := range []float64{q.Low, q.High, q.Change, q.Swing} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%s: %+v", q.Field, q)
			}
		}
	}
}

func TestNothingToAskAboutWhatRunsByItself(t *testing.T) {
	f := asked("done", estimatedHours(6))
	f.How = audit.Automated
	if a := roi.Next(plain(f), building(nil)); len(a.Questions) != 0 || len(a.Plan) != 0 {
		t.Errorf("%+v, want nothing", a)
	}
}

// The plan is that of the ranking, and the workspace stays as it was.
func TestThePlanIsThatOfTheRanking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := webOrders()
		f.Efforts = hoursAWeek(audit.One(rapid.Float64Range(0, 20).Draw(t, "hours"), audit.Number, audit.Estimated))
		w := levante(f)
		c := costing(rapid.Float64Range(0, 20000).Draw(t, "build"), rapid.Float64Range(0, 500).Draw(t, "fee"))
		before := fmt.Sprintf("%+v", w)
		a := roi.Next(w, func(audit.Workspace, audit.Flow) []advise.Candidate { return []advise.Candidate{c} })
		npv := roi.Rank(w, always(c), roi.ByNPV).Scores[0].NPV.Value
		if a.NPV != max(0, npv) || len(a.Plan) == 1 != (npv > 0) {
			t.Errorf("plan %v of %v, the ranking has %v", a.Plan, a.NPV, npv)
		}
		for _, q := range a.Questions {
			if q.Change < 0 || q.Change > q.Swing+math.Abs(npv) {
				t.Errorf("%s changes %v of %v", q.Field, q.Change, q.Swing)
			}
		}
		if fmt.Sprintf("%+v", w) != before {
			t.Error("the workspace was changed")
		}
	})
}
