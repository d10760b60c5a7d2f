import { CallList } from './call-list.js';
import { Detail } from './detail.js';
import { Ladder } from './ladder.js';
import { Toolbar } from './toolbar.js';

/** What is said, as it is said. */
export function Live() {
  return (
    <div class="live">
      <CallList />
      <section class="stage" aria-label="Ladder">
        <Toolbar />
        <Ladder />
        <Detail />
      </section>
    </div>
  );
}
