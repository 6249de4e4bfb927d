package advise_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/templates"
)

func recovery(t *testing.T) catalogue.Recovery {
	t.Helper()
	r, err := catalogue.LoadRecovery()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func runbookWords(t *testing.T, language string) map[string]string {
	t.Helper()
	src, err := fs.ReadFile(templates.FS(), "words/"+language+"/runbook.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]string
	if err := json.Unmarshal(src, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

func book(t *testing.T, w audit.Workspace, f audit.Flow, on advise.Candidate) advise.Runbook {
	t.Helper()
	return advise.RunbookOf(w, shipped(t), recovery(t), f, on)
}

// For each platform and mode of failure the recipe is its own, or nothing is
// known and the vendor is asked; no recipe is what is done on any platform.
func TestEachRecipeIsThePlatformsOwnOrAsks(t *testing.T) {
	const leastKnown = 62 // so that none gets lost
	w, f := shop(), orders()
	for _, language := range []string{"en", "es"} {
		texts, known, asked := runbookWords(t, language), 0, 0
		for _, p := range shipped(t).Platforms {
			for _, failure := range book(t, w, f, advise.Candidate{Platform: p.ID}).Failures {
				said, generic := texts["recovery."+failure.Recipe.ID], texts["recovery.do."+string(failure.Mode)]
				switch {
				case said == "" || generic == "":
					t.Errorf("%s: %s, %s: no words", language, p.ID, failure.Mode)
				case failure.Recipe.Ask:
					asked++
				case said == generic:
					t.Errorf("%s: %s, %s: what is done on any platform", language, p.ID, failure.Mode)
				case failure.Recipe.Source == "":
					t.Errorf("%s, %s: no source", p.ID, failure.Mode)
				default:
					known++
				}
			}
		}
		if cells := len(shipped(t).Platforms) * len(catalogue.Modes()); known+asked != cells || known < leastKnown {
			t.Errorf("%s: %d recipes known and %d asked of %d, want %d known at least", language, known, asked, cells, leastKnown)
		}
	}
}

func TestFactsAboutFailuresHaveSourcesAndWords(t *testing.T) {
	r, c, texts := recovery(t), shipped(t), runbookWords(t, "en")
	source := func(what, id string) {
		_, there := c.Source(id)
		if !there && !slices.ContainsFunc(r.Sources, func(s catalogue.Source) bool { return s.ID == id }) {
			t.Errorf("%s: no source %q", what, id)
		}
	}
	said := map[string]bool{"recovery.recipe.ask": true}
	for _, p := range r.Platforms {
		if _, ok := c.Platform(p.ID); !ok {
			t.Errorf("no platform %s", p.ID)
		}
		for _, recipe := range p.Recipes {
			source(p.ID+" "+recipe.Says, recipe.Source)
			said["recovery.recipe."+recipe.Says] = true
		}
	}
	for _, v := range r.Vendors {
		if _, ok := c.Product(v.ID); !ok {
			t.Errorf("no product %s", v.ID)
		}
		source(v.ID, v.Source)
		said["recovery.known."+v.Known] = true
		if v.Changes != "" && texts["recovery.subscribe."+v.Subscribe] == "" {
			t.Errorf("%s: no words for the way to subscribe %q", v.ID, v.Subscribe)
		}
	}
	for key := range said {
		if texts[key] == "" {
			t.Errorf("no words for %s", key)
		}
	}
	for key := range texts {
		if (strings.HasPrefix(key, "recovery.recipe.") || strings.HasPrefix(key, "recovery.known.")) && !said[key] && key != "recovery.known.none" {
			t.Errorf("nothing says %s", key)
		}
	}
	for _, s := range []string{r.Retry.Source, r.DeadLetter.Source, r.Log.Source, r.Monitoring.Source} {
		source("figures", s)
	}
}

// alarm finds an alarm by its id.
func alarm(b advise.Runbook, id string) (advise.Alarm, bool) {
	i := slices.IndexFunc(b.Alerts, func(a advise.Alarm) bool { return a.When.ID == id })
	if i < 0 {
		return advise.Alarm{}, false
	}
	return b.Alerts[i], true
}

func at(t *testing.T, volume string) advise.Runbook {
	t.Helper()
	w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte("version: 1\nsystems: [{id: a}, {id: b}]\nflows:\n  - {id: f, from: a, to: b, volume: {records: " + volume + ", basis: counted}}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	f, _ := w.Flow("f")
	return book(t, w, f, advise.Candidate{Platform: "n8n-cloud", Pattern: audit.Push})
}

// 800 a month are watched each day, 60 each week, 30 each month; of 3 no count
// is too low, and silence is watched; of 3 a year not even that.
func TestTheAlertOnALowCountFollowsTheVolume(t *testing.T) {
	for _, c := range []struct {
		volume string
		alarms []string
	}{
		{"800/month", []string{"alarm.no-record-today", "alarm.low.day"}},
		{"60/month", []string{"alarm.no-record", "alarm.low.week"}},
		{"12/month", []string{"alarm.no-record", "alarm.low.month"}},
		{"3/month", []string{"alarm.no-record", "alarm.too-few"}},
		{"3/year", []string{"alarm.too-rare"}},
	} {
		b := at(t, c.volume)
		for _, id := range c.alarms {
			if _, ok := alarm(b, id); !ok {
				t.Errorf("%s: no %s among %v", c.volume, id, b.Alerts)
			}
		}
		if b.Watch.Every != "" && (b.Watch.FalseAlarms > 1 || float64(b.Watch.Below) >= b.Watch.Usual) {
			t.Errorf("%s: fewer than %d of %.1f is a false alarm %.2f times a year", c.volume, b.Watch.Below, b.Watch.Usual, b.Watch.FalseAlarms)
		}
	}
}

// Somebody is told by e-mail and on Slack, whatever else was asked for.
func TestAlertsGoToTwoPlacesAtLeast(t *testing.T) {
	w, f := shop(), orders()
	for stated, want := range map[audit.Channel]string{"": "email slack", "slack": "slack email", "sms": "sms email slack"} {
		f.Alert.By = stated
		var got []string
		for _, c := range book(t, w, f, advise.Candidate{}).Channels {
			got = append(got, string(c))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", stated, got, want)
		}
	}
}

// Power Automate keeps its log for 30 days, which is enough for what is normal
// and too little where reliability is high; Zapier's vendor has to be asked.
func TestTheLogIsKeptAsLongAsItIsNeeded(t *testing.T) {
	w, f := shop(), orders()
	for _, c := range []struct {
		platform    string
		reliability audit.Reliability
		want        string
	}{
		{"power-automate", audit.Normal, "log.keep"}, {"power-automate", audit.High, "log.keep-own"}, {"zapier", audit.Normal, "log.keep-ask"},
	} {
		f.Needs.Reliability = c.reliability
		b := book(t, w, f, advise.Candidate{Platform: c.platform})
		if b.Log[1].ID != c.want {
			t.Errorf("%s, %s: %s, want %s", c.platform, c.reliability, b.Log[1].ID, c.want)
		}
	}
}

// Odoo's removal of XML-RPC is known, with its year; a system without a product
// asks; a mailbox has no interface whose changes are announced.
func TestChangesOfInterfaces(t *testing.T) {
	w, err := audit.New([]audit.Source{{Name: "flowmap.yaml", Text: []byte("version: 1\nsystems: [{id: odoo, product: odoo, kind: erp, owner: Ana}, {id: mine, kind: erp, sandbox: false}, {id: post, kind: email}]\nflows:\n  - {id: f, from: odoo, to: mine}\n  - {id: g, from: post, to: odoo}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	f, _ := w.Flow("f")
	b := book(t, w, f, advise.Candidate{})
	if len(b.Interfaces) != 2 || b.Interfaces[0].Vendor.Removal != "2028" || b.Interfaces[0].Reader != "Ana" || b.Interfaces[1].Known {
		t.Errorf("interfaces %+v", b.Interfaces)
	}
	if b.Steps[1].ID != "step.try-without" {
		t.Errorf("steps %v: one system has no place to try things", b.Steps)
	}
	g, _ := w.Flow("g")
	if b := book(t, w, g, advise.Candidate{}); len(b.Interfaces) != 1 {
		t.Errorf("interfaces %+v, want Odoo's alone", b.Interfaces)
	}
}

// The worked example: of 240 errors a year one in ten remains, 24 that cost 520;
// watching takes 0.67 h × 55 = 36.85 a month, which the maintenance of 60.42
// covers. A build of 1,000 has 12.50 of maintenance, and 24.35 are beyond it.
func TestWhatRemains(t *testing.T) {
	w, err := audit.Load("../audit/testdata/example")
	if err != nil {
		t.Fatal(err)
	}
	f, _ := w.Flow("web-orders")
	r := book(t, w, f, advise.Candidate{Maintenance: 60.42}).Remains
	if !r.Errors || !near(r.PerYear, 24) || !near(r.CostPerYear, 520) || !near(r.Watching, 36.85) || r.Beyond != 0 {
		t.Errorf("%+v", r)
	}
	if r := book(t, w, f, advise.Candidate{Maintenance: 12.5}).Remains; !near(r.Beyond, 24.35) {
		t.Errorf("beyond maintenance %.2f, want 24.35", r.Beyond)
	}
}

func TestWhatIsNotAgreedIsListed(t *testing.T) {
	b := at(t, "800/month")
	if got := strings.Join(b.Open, " "); got != "owner alert fallback key" {
		t.Errorf("open: %s", got)
	}
}
