"""Names of countries in English, as texts write them; pages take theirs from Babel, in the reader's language.

Source: Unicode CLDR, as Babel carries it (a test compares the two).
"""

from __future__ import annotations

_CLDR = """
Afghanistan; Albania; Algeria; American Samoa; Andorra; Angola; Anguilla; Antarctica; Antigua & Barbuda;
Argentina; Armenia; Aruba; Australia; Austria; Azerbaijan; Bahamas; Bahrain; Bangladesh; Barbados;
Belarus; Belgium; Belize; Benin; Bermuda; Bhutan; Bolivia; Bosnia & Herzegovina; Botswana; Bouvet Island;
Brazil; British Indian Ocean Territory; British Virgin Islands; Brunei; Bulgaria; Burkina Faso; Burundi;
Cambodia; Cameroon; Canada; Cape Verde; Caribbean Netherlands; Cayman Islands; Central African Republic;
Chad; Chile; China; Christmas Island; Cocos (Keeling) Islands; Colombia; Comoros; Congo - Brazzaville;
Congo - Kinshasa; Cook Islands; Costa Rica; Croatia; Cuba; Curaçao; Cyprus; Czechia; Côte d'Ivoire;
Denmark; Djibouti; Dominica; Dominican Republic; Ecuador; Egypt; El Salvador; Equatorial Guinea; Eritrea;
Estonia; Eswatini; Ethiopia; Falkland Islands; Faroe Islands; Fiji; Finland; France; French Guiana; French
Polynesia; French Southern Territories; Gabon; Gambia; Georgia; Germany; Ghana; Gibraltar; Greece;
Greenland; Grenada; Guadeloupe; Guam; Guatemala; Guernsey; Guinea; Guinea-Bissau; Guyana; Haiti; Heard &
McDonald Islands; Honduras; Hong Kong SAR China; Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland;
Isle of Man; Israel; Italy; Jamaica; Japan; Jersey; Jordan; Kazakhstan; Kenya; Kiribati; Kosovo; Kuwait;
Kyrgyzstan; Laos; Latvia; Lebanon; Lesotho; Liberia; Libya; Liechtenstein; Lithuania; Luxembourg; Macao
SAR China; Madagascar; Malawi; Malaysia; Maldives; Mali; Malta; Marshall Islands; Martinique; Mauritania;
Mauritius; Mayotte; Mexico; Micronesia; Moldova; Monaco; Mongolia; Montenegro; Montserrat; Morocco;
Mozambique; Myanmar (Burma); Namibia; Nauru; Nepal; Netherlands; New Caledonia; New Zealand; Nicaragua;
Niger; Nigeria; Niue; Norfolk Island; North Korea; North Macedonia; Northern Mariana Islands; Norway;
Oman; Pakistan; Palau; Palestinian Territories; Panama; Papua New Guinea; Paraguay; Peru; Philippines;
Pitcairn Islands; Poland; Portugal; Puerto Rico; Qatar; Romania; Russia; Rwanda; Réunion; Samoa; San
Marino; Saudi Arabia; Senegal; Serbia; Seychelles; Sierra Leone; Singapore; Sint Maarten; Slovakia;
Slovenia; Solomon Islands; Somalia; South Africa; South Georgia & South Sandwich Islands; South Korea;
South Sudan; Spain; Sri Lanka; St. Barthélemy; St. Helena; St. Kitts & Nevis; St. Lucia; St. Martin; St.
Pierre & Miquelon; St. Vincent & Grenadines; Sudan; Suriname; Svalbard & Jan Mayen; Sweden; Switzerland;
Syria; São Tomé & Príncipe; Taiwan; Tajikistan; Tanzania; Thailand; Timor-Leste; Togo; Tokelau; Tonga;
Trinidad & Tobago; Tunisia; Turkmenistan; Turks & Caicos Islands; Tuvalu; Türkiye; U.S. Outlying Islands;
U.S. Virgin Islands; Uganda; Ukraine; United Arab Emirates; United Kingdom; United States; Uruguay;
Uzbekistan; Vanuatu; Vatican City; Venezuela; Vietnam; Wallis & Futuna; Western Sahara; Yemen; Zambia;
Zimbabwe; Åland Islands
"""
COUNTRY_NAMES = tuple(_CLDR.replace("\n", " ").strip().split("; "))
"""Of every code that the knowledge base knows, in no order."""
ALSO_KNOWN_AS = (
    "America", "Britain", "Czech Republic", "England", "Europe", "European Union", "Great Britain", "Holland",
    "Holy See", "Macedonia", "Northern Ireland", "Republic of Moldova", "Russian Federation", "Scotland",
    "Slovak Republic", "Turkey", "UK", "USA", "United States of America", "Wales",
)  # fmt: skip
"""Other names in wide use."""
