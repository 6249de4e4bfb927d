package main

import (
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Every pattern that advice can name has its words on a map.
func TestPatternsHaveWordsOnAMap(t *testing.T) {
	for _, language := range lang.Languages() {
		p, err := lang.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, pattern := range advise.Patterns() {
			for _, key := range []string{"map.pattern.", "map.legend."} {
				if key += string(pattern); !p.Has(key) {
					t.Errorf("%s: %s is missing", language, key)
				}
			}
		}
	}
}
