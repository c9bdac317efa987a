package moderation

import "strings"

// The words for streets, by what they need beside a number to make an address.
var (
	// streets end the name of a street and are plain enough alone.
	streets = strings.Fields("street road avenue lane boulevard drive crescent terrace mews parkway st rd ave av ln blvd pkwy")
	// places end it too and also mean other things: something else must tell.
	places = strings.Fields(`court square place way close gardens garden dr ct row alley circle cir crossing esplanade expressway freeway gate
		glen green grove heights highway hwy hill hills hollow junction knoll landing loop manor meadow meadows mall mill mount parade park pass
		path pike plaza plz point port ridge rise route run sq spring springs station summit trace track trail trl turnpike valley view village
		villa villas vista walk wharf quay bend branch bridge brook bypass causeway center centre common corner course cove creek crest drv
		estate estates extension field fields ford forest fork harbor island isle key lake light lodge motorway orchard oval pl ranch river
		shore shores stream tunnel union viaduct wall well wells ter terr`)
	// numberFirst stand between the number and the name.
	numberFirst = strings.Fields("rue avenue av boulevard bd boul blvd place pl chemin impasse allée allee quai cours route passage square faubourg ruelle sentier شارع ش")
	// typeWords begin an address that ends with the number, also in small letters.
	typeWords = strings.Fields(`calle avenida avda avinguda carrer rua travessa ulica ul улица ул проспект просп rruga شارع بشارع רחוב ברחוב viale vicolo piazzale passeig`)
	// typeNames do so with a capital.
	typeNames = strings.Fields(`c av paseo plaza plaça ronda camino carretera via corso piazza largo strada contrada alameda praça estrada aleja plac bulevardul
		rue avenue boulevard chaussée quai place chemin`)
	// endings end the one word of a street that the number follows.
	endings = strings.Fields("straße strasse straat gatan vägen veien vegen gasse gracht katu ntie str")
	// weakEndings do and end other words too.
	weakEndings = strings.Fields("weg platz ring allee damm ufer steig laan plein kade vej gade allé gata gate tie kuja polku stigen svingen väg")
	// lastWords are a word of their own between the name and the number.
	lastWords = strings.Fields("utca út tér körút caddesi sokak sokağı cad sok straße strasse straat platz allee weg")
	// numberSigns announce the number.
	numberSigns = strings.Fields("no nº n° nr nro num núm número numero número número n d д дом רח رقم مبنى بناية عمارة منزل бл")
	// connectors stand in small letters in the name of a street.
	connectors = strings.Fields("de la las los le les du des del della dei degli delle di da do dos das d' y e i of the van der den al el zum zur am im an")
	// flats are parts of a house.
	flats = strings.Fields("apt apartment flat suite ste unit appt appartement piso wohnung interno room شقة кв")
	// compass may follow the name of a street.
	compass = strings.Fields("n s e w ne nw se sw north south east west")
	// addressCues announce an address.
	addressCues = strings.Fields(`address addresses live lives living lived resides residing residence home house moved located mail deliver
		delivered delivery visit flat apartment
		vive vivo viven domicilio dirección direccion habite habitent adresse domicile wohnt wohne wohnen anschrift abita abito indirizzo mora moro endereço
		يسكن يعيش عنوان عنوانه عنوانها العنوان منزل بيت גר גרה גרים כתובת כתובתו`)
	// afterAddress are the small words that may follow an address.
	afterAddress = strings.Fields(`in at and is was where if on near to for now or tonight with by please from since until which that who has because when
		today tomorrow every after before opposite behind between en y e et à a und bei oder del de im ist bitte presso fino piso portal bajo
		au el ab um vor o c bus è é est es är er jest`)
	// boxes are boxes at the post office, word by word.
	boxes = [][]string{
		{"p", "o", "box"},
		{"po", "box"},
		{"post", "office", "box"},
		{"postfach"},
		{"postbus"},
		{"apartado", "de", "correos"},
		{"apdo", "correos"},
		{"casella", "postale"},
		{"caixa", "postal"},
		{"boîte", "postale"},
		{"b", "p"},
		{"ص", "ب"},
		{"صندوق", "بريد"},
		{"apo", "ae"},
		{"apo", "ap"},
		{"apo", "aa"},
		{"fpo", "ae"},
		{"fpo", "ap"},
		{"fpo", "aa"},
		{"dpo", "ae"},
		{"dpo", "ap"},
		{"dpo", "aa"},
	}
)

// publicAddresses are seats of governments, parliaments and courts, and addresses
// of fiction.
var publicAddresses = []string{
	"10 downing street", "11 downing street", "1600 pennsylvania avenue", "1600 pennsylvania ave", "1 first street", "24 sussex drive",
	"221b baker street", "55 rue du faubourg saint-honoré", "rue de la loi 200", "405 east 42nd street", "willy-brandt-straße 1",
	"126 rue de l'université", "11 wall street", "4 privet drive", "742 evergreen terrace",
}

// publicStreets stand for an office or a trade, whatever the number.
var publicStreets = []string{"downing street", "wall street", "fleet street", "sesame street"}
