package interview

import (
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// pick finds which option a person means: by its id, its words, or a beginning
// of these that no other has; accents and capitals do not matter. Words that
// nothing is like make a new thing where there may be one; a + before them
// makes one in any case. Whole words at the beginning of others may mean either:
// "invoice" beside "invoice line" is asked back.
func (r reader) pick(s string, options []Option, new bool) (id string, isNew bool, err error) {
	s = clean(s)
	if name, forced := strings.CutPrefix(s, "+"); forced && new && clean(name) != "" {
		return clean(name), true, nil
	}
	beginning := func(o Option) bool {
		rest, ok := strings.CutPrefix(fold(o.Text), fold(s))
		return ok && len(fold(s)) > 1 && !(new && strings.HasPrefix(rest, " "))
	}
	for _, match := range []func(o Option) bool{
		func(o Option) bool { return o.ID == s },
		func(o Option) bool { return fold(o.Text) == fold(s) || fold(o.ID) == fold(s) },
		beginning,
	} {
		found := slices.DeleteFunc(slices.Clone(options), func(o Option) bool { return !match(o) })
		switch {
		case len(found) == 1:
			return found[0].ID, false, nil
		case len(found) > 1:
			return "", false, r.refusal("several", lang.Args{"Options": r.names(found)})
		}
	}
	near := slices.DeleteFunc(slices.Clone(options), func(o Option) bool { return !alike(o.Text, s) && !strings.HasPrefix(fold(o.Text), fold(s)+" ") })
	switch {
	case len(near) > 0 && new:
		return "", false, r.refusal("near_or_new", lang.Args{"Options": r.names(near), "New": s})
	case len(near) > 0:
		return "", false, r.refusal("near", lang.Args{"Options": r.names(near)})
	case !new:
		return "", false, r.refusal("no_option", lang.Args{"Options": r.names(options)})
	}
	return s, true, nil
}

func (r reader) names(options []Option) string {
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = "“" + o.Text + "”"
	}
	return r.List(names)
}
