/* What a browser with JavaScript gets on top of pages that work without it. Each module looks for its own hook. */

import { focusSearchBySlash, moveBetweenResults } from "./keyboard.js";
import { filterLists } from "./list-filter.js";
import { searchWhileTyping } from "./live-search.js";
import { openFiltersOnWideScreens } from "./filters.js";
import { helpWriting } from "./lesson-groups.js";
import { foldMenus } from "./menus.js";
import { lookThroughWhileTyping } from "./look-through.js";
import { unfoldOnPaper } from "./paper.js";

focusSearchBySlash(document);
filterLists(document);
moveBetweenResults(document);
searchWhileTyping(document, openFiltersOnWideScreens(document));
helpWriting(document);
lookThroughWhileTyping(document);
foldMenus(document);
unfoldOnPaper(document);
