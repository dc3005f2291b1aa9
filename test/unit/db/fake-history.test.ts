import { describeHistoryContract } from '../../fixtures/history/history-contract';
import { FakeHistory } from '../../fixtures/history/fake-history';

describeHistoryContract('The fake history', (nowMs) => Promise.resolve(new FakeHistory(nowMs)));
