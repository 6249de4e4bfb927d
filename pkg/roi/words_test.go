package roi_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/templates"
)

func TestEveryKindHasALabelAndEveryLabelAKind(t *testing.T) {
	for _, language := range []string{"en", "es"} {
		src, err := fs.ReadFile(templates.FS(), "words/"+language+"/roi.json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(src, &words); err != nil {
			t.Fatal(err)
		}
		kinds := roi.TermKind("").Kinds()
		for _, kind := range kinds {
			if words["term."+string(kind)] == "" {
				t.Errorf("%s: no word term.%s", language, kind)
			}
		}
		for key := range words {
			if !slices.ContainsFunc(kinds, func(k roi.TermKind) bool { return "term."+string(k) == key }) {
				t.Errorf("%s: %s is the label of nothing", language, key)
			}
		}
	}
}
