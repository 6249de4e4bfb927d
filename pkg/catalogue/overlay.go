package catalogue

import (
	"reflect"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Overlay lays a workspace's own catalogue over base: a platform, tier, product
// or source with a known id replaces what it states field by field, one with a
// new id is added. A fact is replaced whole, since it goes with its source. A
// price makes the tier a listed one; a price or an allowance drops the
// overage, which no longer follows from them. The name is the file's, for the
// places of problems. The error is audit.Problems, all of them.
func Overlay(base Catalogue, name string, src []byte) (Catalogue, error) {
	var over Catalogue
	if err := audit.Strict(name, src, &over); err != nil {
		return base, err
	}
	c := base
	lay(&c, over)
	c.Platforms = layAll(base.Platforms, over.Platforms, func(p Platform) string { return p.ID }, layPlatform)
	c.Products = layAll(base.Products, over.Products, func(p Product) string { return p.ID }, lay[Product])
	c.Sources = layAll(base.Sources, over.Sources, func(s Source) string { return s.ID }, lay[Source])
	c.Conflicts = layAll(base.Conflicts, over.Conflicts, func(x Conflict) string { return x.ID }, lay[Conflict])
	lay(&c.Build, over.Build)
	c.Rules = layAll(base.Rules, over.Rules, func(r Rule) string { return r.ID }, layRule)
	if ps := problems(base, c, over, src); len(ps) > 0 {
		return base, ps
	}
	return c, nil
}

// lay replaces in base what over states: the fields that are not empty.
// Structs that are no amount are left alone, since they have parts of their
// own.
func lay[T any](base *T, over T) {
	b, o := reflect.ValueOf(base).Elem(), reflect.ValueOf(over)
	for i := range o.NumField() {
		f := o.Field(i)
		_, amount := f.Interface().(audit.Amount)
		if !f.IsZero() && (f.Kind() != reflect.Struct || amount) {
			b.Field(i).Set(f)
		}
	}
}

// layAll lays each thing over that with the same id, and adds what is new
// behind. It leaves base as it is.
func layAll[T any](base, over []T, id func(T) string, lay func(*T, T)) []T {
	all := append([]T(nil), base...)
	at := make(map[string]int, len(all))
	for i, b := range all {
		at[id(b)] = i
	}
	for _, o := range over {
		if i, ok := at[id(o)]; ok {
			lay(&all[i], o)
			continue
		}
		at[id(o)] = len(all)
		all = append(all, o)
	}
	return all
}

func layPlatform(base *Platform, over Platform) {
	tiers := layAll(base.Tiers, over.Tiers, func(t Tier) string { return t.ID }, layTier)
	lay(base, over)
	base.Tiers, base.Place = tiers, over.Place
}

func layRule(base *Rule, over Rule) {
	thresholds := layAll(base.Thresholds, over.Thresholds, func(t Threshold) string { return t.ID }, lay[Threshold])
	if len(over.Thresholds) > 0 {
		base.Origin, base.Source, base.Note = "", "", ""
	}
	lay(base, over)
	base.Thresholds, base.Place = thresholds, over.Place
}

func layTier(base *Tier, over Tier) {
	if over.Price.Stated || over.Included.Stated || over.Unlimited {
		base.Overage = nil
	}
	if over.Price.Stated {
		base.Quote, base.Range = Listed, nil
		base.Seen, base.Source, base.AsStated, base.Note, base.Confidence = "", "", "", "", ""
	}
	if over.Included.Stated {
		base.Unlimited = false
	}
	lay(base, over)
	base.Place = over.Place
}
