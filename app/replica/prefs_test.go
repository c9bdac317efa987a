package replica_test

import (
	"reflect"
	"testing"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// A place lasts as long as its article, and no longer.
func TestPlace(t *testing.T) {
	ctx := t.Context()
	d := shelf(t, "a", "b")
	want := replica.Place{Revision: "sha256-r", At: 17, Words: []annotation.Selector{{Type: "TextQuoteSelector", Exact: "ten ships"}}}
	for _, slug := range []string{"a", "b"} {
		if err := d.SavePlace(ctx, slug, want); err != nil {
			t.Fatal(err)
		}
	}
	d.reopen()
	if got, err := d.Place(ctx, "a"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Place = %+v, %v, want %+v", got, err, want)
	}
	if got, err := d.Place(ctx, "c"); err != nil || got.Revision != "" {
		t.Errorf("Place of another article = %+v, %v, want none", got, err)
	}
	if err := d.SavePlace(ctx, "b", replica.Place{}); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Place(ctx, "b"); err != nil || got.Revision != "" {
		t.Errorf("Place after it was forgotten = %+v, %v, want none", got, err)
	}
	if gone, err := d.Evict(ctx, replica.Keep{Most: 0, Open: "b"}); err != nil || len(gone) != 1 {
		t.Fatalf("Evict = %v, %v, want article a", gone, err)
	}
	if got, err := d.Place(ctx, "a"); err != nil || got.Revision != "" {
		t.Errorf("Place in an article that is gone = %+v, %v, want none", got, err)
	}
}
