// Every module with a table of texts: what is imported here is what a translator can translate. A test holds this list
// against the sources.
import '../../embed/words.ts';
import '../../plots/frameWords.ts';
import '../../plots/tableWords.ts';
import '../../run/settings.ts';
import '../../ui/algorithmWords.ts';
import '../../ui/beyondWords.ts';
import '../../ui/compare/texts.ts';
import '../../ui/dataTexts.ts';
import '../../ui/embed/words.ts';
import '../../ui/engineWords.ts';
import '../../ui/figureWords.ts';
import '../../ui/groupWords.ts';
import '../../ui/headlineWords.ts';
import '../../ui/hintWords.ts';
import '../../ui/lecture/deck.ts';
import '../../ui/live.ts';
import '../../ui/measures/texts.ts';
import '../../ui/messageWords.ts';
import '../../ui/metricFormulas.ts';
import '../../ui/metricTexts.ts';
import '../../ui/microscope/formulas.ts';
import '../../ui/microscope/words.ts';
import '../../ui/optimum.ts';
import '../../ui/pageWords.ts';
import '../../ui/problem/words.ts';
import '../../ui/runs/lineTexts.ts';
import '../../ui/runs/text.ts';
import '../../ui/sectionWords.ts';
import '../../ui/settingWords.ts';
import '../../ui/stepWords.ts';
import '../../ui/studies/texts.ts';
import '../../ui/tasks/pictureWords.ts';
import '../../ui/timeline/keys.ts';
import '../../ui/timeline/text.ts';
import '../../ui/transportWords.ts';

export { englishTexts } from '../../text/words.ts';
