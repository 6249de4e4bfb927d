package advise_test

import (
	"reflect"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/graph"
)

// forget calls do once for each fact below v that is known, with the fact
// taken away meanwhile: pointers are nil, amounts are not stated.
func forget(v reflect.Value, path string, do func(path string)) {
	switch {
	case v.Type() == reflect.TypeFor[audit.Amount]():
		if !v.FieldByName("Stated").Bool() {
			return
		}
		kept := v.Interface()
		v.SetZero()
		do(path)
		v.Set(reflect.ValueOf(kept))
	case v.Kind() == reflect.Pointer && !v.IsNil():
		kept := v.Interface()
		v.SetZero()
		do(path)
		v.Set(reflect.ValueOf(kept))
		forget(v.Elem(), path, do)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			forget(v.Field(i), path+"."+v.Type().Field(i).Name, do)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			forget(v.Index(i), path, do)
		}
	}
}

// situations are flows that between them meet every gate.
func situations() []func(*audit.Workspace, *audit.Flow) {
	return []func(*audit.Workspace, *audit.Flow){
		as, pulled("minutes"), pulled("hourly"), pulled("daily"), reliability(audit.Critical), residency("eu"), to("old"), to("figures"),
		volume(10001), volume(20), steps(501), steps(101), product("outlook"), volume(40001),
		func(w *audit.Workspace, f *audit.Flow) {
			reliability(audit.Low)(w, f)
			steps(1)(w, f)
			pulled("minutes")(w, f)
		},
	}
}

func TestForgettingAFactNeverMakesACandidateFitBetter(t *testing.T) {
	c := shipped(t)
	forgotten := 0
	for i, change := range situations() {
		w, f := shop(), orders()
		change(&w, &f)
		before := advise.Candidates(w, graph.Map{}, c, f)
		for j := range c.Platforms {
			id := c.Platforms[j].ID
			alone := c
			alone.Platforms = c.Platforms[j : j+1 : j+1]
			known := of(t, before, id)
			forget(reflect.ValueOf(&c.Platforms[j]).Elem(), id, func(path string) {
				forgotten++
				now := advise.Candidates(w, graph.Map{}, alone, f)[0]
				if worse(known.Fit, now.Fit) || !known.Fits() && now.Fits() {
					t.Errorf("situation %d: without %s the fit is %s, with it %s", i, path, now.Fit, known.Fit)
				}
			})
		}
	}
	if forgotten < 1000 {
		t.Errorf("only %d facts were forgotten", forgotten)
	}
}

func TestForgettingAProductsFactNeverMakesACandidateFitBetter(t *testing.T) {
	c := shipped(t)
	w, f := shop(), orders()
	w.Systems[0].Interfaces = nil
	for i := range c.Products {
		w.Systems[0].Product = c.Products[i].ID
		before := advise.Candidates(w, graph.Map{}, c, f)
		forget(reflect.ValueOf(&c.Products[i]).Elem(), c.Products[i].ID, func(path string) {
			for _, now := range advise.Candidates(w, graph.Map{}, c, f) {
				if known := of(t, before, now.Platform); worse(known.Fit, now.Fit) {
					t.Errorf("%s: without %s the fit is %s, with it %s", now.Platform, path, now.Fit, known.Fit)
				}
			}
		})
	}
}

func TestCostNeverFallsWhenVolumeGrows(t *testing.T) {
	c := shipped(t)
	w, f := shop(), orders()
	last := map[string]float64{}
	for n := 1.0; n < 1e7; n *= 1.5 {
		f.Volume = aMonth(n)
		for _, got := range advise.Candidates(w, graph.Map{}, c, f) {
			if got.Priced && got.Total < last[got.Platform] {
				t.Errorf("%s: %v records a month cost %v, fewer cost %v", got.Platform, n, got.Total, last[got.Platform])
			}
			if got.Priced {
				last[got.Platform] = got.Total
			}
			holds(t, c, got)
		}
	}
}

func holds(t *testing.T, c catalogue.Catalogue, got advise.Candidate) {
	t.Helper()
	p, _ := c.Platform(got.Platform)
	if tier, ok := p.TierByID(got.Tier); ok && !tier.Holds(got.PeakOperations) {
		t.Errorf("%s: tier %q does not hold %v operations", got.Platform, got.Tier, got.PeakOperations)
	}
}

func BenchmarkCandidatesOf10000Flows(b *testing.B) {
	c, w := shipped(b), shop()
	flows := make([]audit.Flow, 10000)
	for i := range flows {
		flows[i] = orders()
		flows[i].Volume = aMonth(float64(i))
	}
	for b.Loop() {
		for _, f := range flows {
			advise.Candidates(w, graph.Map{}, c, f)
		}
	}
}
